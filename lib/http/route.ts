import { guarded, type Handler } from "@/lib/api/handler";
import { AppError } from "@/lib/core/errors";
import { isForged } from "./same-origin";

/**
 * A Next route handler from a framework-free one: errors become problem+json, answers carry a request id and are not
 * cached, and a change that another site asks for in a person's name is refused. `export const GET = route(async (request) => …)`.
 */
export function route(handler: Handler): (request: Request) => Promise<Response> {
  return guarded(async (request) => {
    if (isForged(request)) throw new AppError("forbidden", "Only pages of this product may ask for this.");
    return handler(request);
  });
}
