import { env } from "@/lib/config/env";
import type { FhirEntryResult } from "@/lib/services/ingest/fhir-entry-result";
import type { FhirPushResult } from "@/lib/services/ingest/push-fhir";
import { fhirAnswer } from "./fhir-answer";

type Headers = Readonly<Record<string, string>>;

/** What a sender is told, once all of it is committed: the status of its resource, or of each entry of its bundle. */
export function sendAnswer(
  pushed: FhirPushResult,
  to: { readonly headers: Headers; readonly prefer: string },
): Response {
  if (pushed.form === "resource") return resourceAnswer(pushed.result, to);
  const { type, isRefused, results } = pushed;
  // FHIR R4, 3.1.0.11.2: a transaction that fails is answered by an OperationOutcome alone.
  if (isRefused) return fhirAnswer(outcomeOf(results.flatMap(issueAt)), { status: 422, headers: to.headers });
  return fhirAnswer(
    {
      resourceType: "Bundle",
      type: type === "transaction" ? "transaction-response" : "batch-response",
      entry: results.map((result) => ({ response: responseOf(result) })),
    },
    { headers: to.headers },
  );
}

function resourceAnswer(
  result: FhirEntryResult,
  { headers, prefer }: { readonly headers: Headers; readonly prefer: string },
): Response {
  const { status, location } = responseOf(result);
  const code = Number(status.slice(0, 3));
  const all = { ...headers, ...(location === undefined ? {} : { Location: location }) };
  // Without a body where the sender wants none; why it was refused is always said.
  if (code < 300 && /(^|[\s,])return=minimal\b/.test(prefer))
    return new Response(null, { status: code, headers: all });
  return fhirAnswer(outcomeOf([issueOf(result)]), { status: code, headers: all });
}

function responseOf(result: FhirEntryResult) {
  const { status, auditId } = result;
  const isGood = status === "created" || status === "duplicate" || status === "updated" || status === "stale";
  // Only audit events can be read here, so only they have an address.
  const location =
    isGood && auditId !== undefined ? `${env().publicUrl}/fhir/AuditEvent/${auditId}` : undefined;
  return {
    status: specs[status].status,
    ...(location === undefined ? {} : { location }),
    ...(isGood ? {} : { outcome: outcomeOf([issueOf(result)]) }),
  };
}

type Spec = {
  readonly status: string;
  readonly severity: "information" | "error";
  readonly code: string;
  readonly text: string;
};

/** Total over all ends that an entry can come to. Codes of issue-type. */
const specs: Readonly<Record<FhirEntryResult["status"], Spec>> = {
  created: { status: "201 Created", severity: "information", code: "informational", text: "Stored." },
  updated: {
    status: "200 OK",
    severity: "information",
    code: "informational",
    text: "Stored; it renews what was known.",
  },
  duplicate: {
    status: "200 OK",
    severity: "information",
    code: "informational",
    text: "It was known already.",
  },
  stale: {
    status: "200 OK",
    severity: "information",
    code: "informational",
    text: "Stored; something newer is known.",
  },
  nothing: {
    status: "200 OK",
    severity: "information",
    code: "informational",
    text: "Nothing of it is kept.",
  },
  conflict: {
    status: "409 Conflict",
    severity: "error",
    code: "conflict",
    text: "The same version is known with another content. It was kept for a person to judge.",
  },
  rejected: {
    status: "422 Unprocessable Entity",
    severity: "error",
    code: "invalid",
    text: "It could not be stored. It was kept, to be read again.",
  },
  undone: {
    status: "422 Unprocessable Entity",
    severity: "information",
    code: "informational",
    text: "Not stored, as another entry was refused.",
  },
  forbidden: {
    status: "403 Forbidden",
    severity: "error",
    code: "forbidden",
    text: "This token may not send it.",
  },
  "not-supported": {
    status: "422 Unprocessable Entity",
    severity: "error",
    code: "not-supported",
    text: "It is not taken.",
  },
};

function issueOf({ status, detail, deadLetterId }: FhirEntryResult, expression?: string) {
  const { severity, code, text } = specs[status];
  const letter = deadLetterId === undefined ? undefined : `Dead letter ${deadLetterId}.`;
  const diagnostics = [text, detail, letter].filter((part) => part !== undefined).join(" ");
  return { severity, code, diagnostics, ...(expression === undefined ? {} : { expression: [expression] }) };
}

/** Of a refused transaction only what was wrong is told, and where. */
function issueAt(result: FhirEntryResult, index: number) {
  return result.status === "undone" ? [] : [issueOf(result, `Bundle.entry[${index}]`)];
}

function outcomeOf(issue: readonly object[]) {
  return { resourceType: "OperationOutcome", issue };
}
