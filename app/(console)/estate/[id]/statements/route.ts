import { currentActor } from "@/lib/auth/current-actor";
import { route } from "@/lib/http/route";
import { keepStatement } from "@/lib/services/estate/keep-statement";

/** Keeps the body as a conformance statement of the system; `name`, `version` and `dated` stand in the address. */
export const POST = route(async (request) => {
  const { pathname, searchParams } = new URL(request.url);
  const kept = await keepStatement(await currentActor(), {
    systemId: pathname.split("/").at(-2),
    fileName: searchParams.get("name"),
    version: searchParams.get("version"),
    dated: searchParams.get("dated"),
    content: new Uint8Array(await request.arrayBuffer()),
  });
  return Response.json(kept, { status: 201 });
});
