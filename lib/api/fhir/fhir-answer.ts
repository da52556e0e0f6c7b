import { asAppError, problemResponse } from "@/lib/api/problem";
import type { ErrorCode } from "@/lib/core/errors";

const FHIR_JSON = "application/fhir+json; charset=utf-8";

export function fhirAnswer(
  resource: object,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  return new Response(JSON.stringify(resource), {
    status,
    headers: { "Content-Type": FHIR_JSON, ...headers },
  });
}

/** Codes of FHIR R4, issue-type; total over our own. */
const issueCodes: Readonly<Record<ErrorCode, string>> = {
  bad_request: "invalid",
  unauthenticated: "login",
  forbidden: "forbidden",
  step_up_required: "login",
  not_found: "not-found",
  conflict: "conflict",
  too_large: "too-long",
  unsupported_media_type: "not-supported",
  rate_limited: "throttled",
  overloaded: "transient",
  source_unreachable: "transient",
  source_refused: "exception",
  source_protocol: "exception",
  not_available: "not-supported",
  internal: "exception",
};

/** An error as an OperationOutcome, with the status and the headers that it has everywhere. */
export function outcomeResponse(error: unknown, requestId: string): Response {
  const { code, message, info } = asAppError(error);
  const { status, headers } = problemResponse(error, requestId);
  headers.set("Content-Type", FHIR_JSON);
  const expression = typeof info["fields"] === "string" ? [info["fields"]] : undefined;
  const issue = { severity: "error", code: issueCodes[code], diagnostics: message, expression };
  return new Response(JSON.stringify({ resourceType: "OperationOutcome", id: requestId, issue: [issue] }), {
    status,
    headers,
  });
}
