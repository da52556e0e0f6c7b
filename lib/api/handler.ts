import { randomUUID } from "node:crypto";
import { asAppError, problemResponse, problemSpecs } from "@/lib/api/problem";
import { env } from "@/lib/config/env";
import { dataPolicy, securityHeaders } from "@/lib/config/security-headers";
import { logFor } from "@/lib/telemetry/log";

/** Answers a request; throws AppError to say no. */
export type Handler = (request: Request) => Promise<Response>;

/**
 * A handler that never throws: errors become problem+json, or what `render` makes of them; every answer carries a request id and, unless the handler
 * said otherwise, forbids caching and all that a browser could do with it. The one wrapper of every HTTP entrance of the product.
 */
export function guarded(handler: Handler, render: RenderError = problemResponse): Handler {
  return async (request) => {
    const requestId = randomUUID();
    const response = await handler(request).catch((error: unknown) => {
      logRefusal({ error, request, requestId });
      return render(error, requestId);
    });
    const defaults = {
      ...securityHeaders(env()),
      "Content-Security-Policy": dataPolicy,
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
    };
    for (const [name, value] of Object.entries(defaults)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    return response;
  };
}

type RenderError = (error: unknown, requestId: string) => Response;

const log = logFor("api");

function logRefusal(refusal: {
  readonly error: unknown;
  readonly request: Request;
  readonly requestId: string;
}): void {
  const error = asAppError(refusal.error);
  // A refusal of our own without a cause is no event: a sender that is told to slow down must not fill the log.
  if (problemSpecs[error.code].status >= 500 && (error.code === "internal" || error.cause !== undefined)) {
    const { pathname } = new URL(refusal.request.url);
    const fields = { requestId: refusal.requestId, method: refusal.request.method, pathname, error };
    if (error.code === "internal") log.error("A request failed.", fields);
    else log.warn("A request could not be answered.", fields);
  }
}
