import { currentActor } from "@/lib/auth/current-actor";
import { route } from "@/lib/http/route";
import { openStatement } from "@/lib/services/estate/open-statement";

/** A conformance statement to be saved, never shown by the browser: what a file holds is not ours. */
export const GET = route(async (request) => {
  const id = new URL(request.url).pathname.split("/").at(-1);
  const { fileName, content } = await openStatement(await currentActor(), { id });
  return new Response(new Uint8Array(content), {
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
