import { AppError, type ErrorCode } from "@/lib/core/errors";
import { isDatabaseAway } from "@/lib/db/is-database-away";

/** How one kind of refusal looks to a client. */
export type ProblemSpec = {
  readonly status: number;
  readonly title: string;
  /** Sent as Retry-After unless the error knows better (`info.retryAfterS`). */
  readonly retryAfterS?: number;
};

/** Total: a new error code does not compile until it says here how it is answered. */
export const problemSpecs: Readonly<Record<ErrorCode, ProblemSpec>> = {
  bad_request: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Authentication is required" },
  forbidden: { status: 403, title: "Not permitted" },
  step_up_required: { status: 403, title: "A fresh second factor is required" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "In conflict with the present state" },
  too_large: { status: 413, title: "Too large" },
  unsupported_media_type: { status: 415, title: "Media type not supported" },
  rate_limited: { status: 429, title: "Too many requests", retryAfterS: 60 },
  overloaded: { status: 503, title: "Not able to answer just now", retryAfterS: 2 },
  source_unreachable: { status: 502, title: "The source cannot be reached" },
  source_refused: { status: 502, title: "The source refused" },
  source_protocol: { status: 502, title: "The source answered in an unknown way" },
  not_available: { status: 501, title: "Not available here" },
  internal: { status: 500, title: "Something went wrong" },
};

/**
 * The answer to an error: application/problem+json (RFC 9457) with the request id, which the log line of the same
 * request carries. Only an AppError's static text and facts go out; anything else is `internal` or, where the database
 * was away, `overloaded`.
 */
export function problemResponse(error: unknown, requestId: string): Response {
  const { code, message, info } = asAppError(error);
  const { status, title, retryAfterS } = problemSpecs[code];
  const { retryAfterS: ownRetryAfterS = retryAfterS, ...facts } = info;
  const body = {
    ...facts,
    type: `urn:signalbox:problem:${code}`,
    title,
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    code,
    requestId,
  };
  const headers = new Headers({ "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  if (ownRetryAfterS !== undefined) headers.set("Retry-After", String(ownRetryAfterS));
  if (code === "rate_limited" && facts["policy"] !== undefined) {
    headers.set("RateLimit-Policy", `"${facts["policy"]}";q=${facts["limit"]};w=${facts["windowS"]}`);
    headers.set("RateLimit", `"${facts["policy"]}";r=0;t=${ownRetryAfterS}`);
  }
  const challenge = challengeOf(code, facts);
  if (challenge !== undefined) headers.set("WWW-Authenticate", challenge);
  return new Response(JSON.stringify(body), { status, headers });
}

/** The error that is told to the client. What it hides is its `cause`. */
export function asAppError(error: unknown): AppError {
  // A database that is away is told as such wherever it was noticed, also below an error of our own.
  if (isDatabaseAway(error)) {
    return new AppError("overloaded", "The database cannot be reached just now. Nothing was acknowledged.", {
      cause: error,
    });
  }
  if (error instanceof AppError) return error;
  return new AppError("internal", "The request could not be carried out.", { cause: error });
}

/** RFC 6750: which challenge a client without, or with the wrong, bearer token is shown. */
function challengeOf(code: ErrorCode, facts: AppError["info"]): string | undefined {
  const scope = facts["scope"];
  if (code === "unauthenticated") {
    const error = facts["hasToken"] === true ? ', error="invalid_token"' : "";
    return `Bearer realm="signalbox"${error}`;
  }
  return code === "forbidden" && scope !== undefined
    ? `Bearer realm="signalbox", error="insufficient_scope", scope="${scope}"`
    : undefined;
}
