import type { AuditMessageResult } from "@/lib/core/formats/atna/read-audit-message";
import type { SyslogProblem } from "@/lib/core/formats/syslog/frame-cut";

/* Why a dead letter is one, in words for a person. Static: never of what was sent. */

export const NO_HEADER = "The message does not begin with a priority (<85>).";
export const NO_TIME = "Neither the event nor the header says when it was, and when it came is not known.";

export const frameProblems: Readonly<Record<SyslogProblem | "not_stored", string>> = {
  outside_frame: "Bytes came that stand in no syslog message.",
  cut_off: "The connection ended or fell silent before the message did.",
  too_long: "The message is longer than is taken; its begin is kept.",
  not_stored: "The event could not be stored as one.",
};

type AuditProblem = Extract<AuditMessageResult, { readonly kind: "refused" }>["problem"];

export const auditProblems: Readonly<Record<AuditProblem, string>> = {
  no_xml: "The message carries no XML.",
  other_document: "The message carries another document than an audit message.",
  no_event: "The audit message does not say which event it is (EventID).",
  too_long: "The audit message is longer than is read.",
  too_deep: "The audit message is nested deeper than is read.",
  too_many_nodes: "The audit message has more elements than are read.",
  document_type: "The audit message declares a document type, which is refused.",
  cut_off: "The audit message is cut off.",
  not_well_formed: "The audit message is not well-formed XML.",
};
