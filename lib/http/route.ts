import { guarded, type Handler } from "@/lib/api/handler";

/**
 * A Next route handler from a framework-free one: errors become problem+json, answers carry a request id and are not
 * cached. `export const GET = route(async (request) => …)`.
 */
export function route(handler: Handler): (request: Request) => Promise<Response> {
  return guarded(handler);
}
