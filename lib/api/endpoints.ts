import { AppError } from "@/lib/core/errors";
import { handleDocs } from "./docs-page";
import { outcomeResponse } from "./fhir/fhir-answer";
import { handleMetadata } from "./fhir/handle-metadata";
import { handleCreate, handleSendBundle, handleUpdate } from "./fhir/handle-send";
import { guarded, type Handler } from "./handler";
import { handleHealth } from "./health";
import { handleIngest } from "./ingest/handle-ingest";
import { handleToken } from "./oauth/handle-token";
import { handleOpenApi } from "./openapi";

/** What a port of our own answers, by path and method; Next serves the same handlers under the same paths. */
const endpoints: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  "/api/health": { GET: handleHealth },
  "/api/v1/ingest": { POST: handleIngest },
  "/api/v1/openapi.json": { GET: handleOpenApi },
  "/api/v1/docs": { GET: handleDocs },
  "/oauth/token": { POST: handleToken },
  "/fhir": { POST: overFhir(handleSendBundle) },
  "/fhir/metadata": { GET: overFhir(handleMetadata) },
  "/fhir/:type": { POST: overFhir(handleCreate) },
  "/fhir/:type/:id": { PUT: overFhir(handleUpdate) },
};

/** Its errors are OperationOutcomes. */
function overFhir(handler: Handler): Handler {
  return guarded(handler, outcomeResponse);
}

/** The path as the table above names it. */
function patternOf(pathname: string): string {
  if (Object.hasOwn(endpoints, pathname)) return pathname;
  return pathname.replace(
    /^\/fhir\/[A-Za-z]+(\/[^/]+)?$/,
    (_, id?: string) => `/fhir/:type${id ? "/:id" : ""}`,
  );
}

/** Finds the handler of a request and lets it answer. Never throws: unknown paths and methods are problems too. */
export const answerEndpoint: Handler = guarded(async (request) => {
  const methods = endpoints[patternOf(new URL(request.url).pathname)];
  if (methods === undefined) throw new AppError("not_found", "There is nothing at this address.");
  const handler = methods[request.method];
  if (handler !== undefined) return handler(request);
  return new Response(null, { status: 405, headers: { Allow: Object.keys(methods).join(", ") } });
});
