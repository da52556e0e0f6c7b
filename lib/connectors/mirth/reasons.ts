import { type AckCode, ackCodes } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";

/** What is known of one failure. Empty texts where the engine keeps none. */
export type FailureFacts = {
  readonly errorText: string;
  readonly responseText: string;
  readonly httpStatus: number | undefined;
  /** The response is the partner's. At a source it is the engine's own, which says that it failed and not why. */
  readonly isPartner: boolean;
};

/**
 * The cause of a failure, normalised. The engine words an error as "<what> error", then `ERROR MESSAGE: …`, then a Java
 * stack whose class names are the surest sign. Partners' answers come before transport words: a partner that answered
 * was reached.
 */
export function reasonOf(facts: FailureFacts): FailureReason {
  const ack = facts.isPartner ? ackCodeOf(facts.responseText) : undefined;
  if (ack !== undefined && ack !== "AA" && ack !== "CA") return ackReasons[ack];
  const { httpStatus } = facts;
  if (httpStatus !== undefined && httpStatus >= 500) return "http_5xx";
  if (httpStatus !== undefined && httpStatus >= 400) return "http_4xx";
  return rules.find(({ sign }) => sign.test(facts.errorText))?.reason ?? "other";
}

/** MSA-1 of an HL7 v2 acknowledgement, wherever it stands in the text. */
export function ackCodeOf(responseText: string): AckCode | undefined {
  const code = /(?:^|[\r\n])MSA\|([A-Z]{2})(?:\||\s|$)/.exec(responseText)?.[1];
  return ackCodes.find((known) => known === code);
}

const ackReasons: Readonly<Record<Exclude<AckCode, "AA" | "CA">, FailureReason>> = {
  AE: "nack_ae",
  AR: "nack_ar",
  CE: "commit_ce",
  CR: "commit_cr",
};

type Rule = { readonly sign: RegExp; readonly reason: FailureReason };

// In order: the first sign found decides.
const rules: readonly Rule[] = [
  { sign: /NACK sent from receiver\.? ?\(?Error/i, reason: "nack_ae" },
  { sign: /NACK sent from receiver\.? ?\(?Reject/i, reason: "nack_ar" },
  // Errors of scripts quote the lines around them, in which any word may stand.
  { sign: /^Filter error/i, reason: "filter_error" },
  { sign: /^Transformer error|Error evaluating transformer/i, reason: "transform_error" },
  { sign: /\bHTTP\/\d(?:\.\d)? 5\d\d\b|status code:? 5\d\d/i, reason: "http_5xx" },
  { sign: /\bHTTP\/\d(?:\.\d)? 4\d\d\b|status code:? 4\d\d/i, reason: "http_4xx" },
  { sign: /UnknownHostException|Name or service not known/i, reason: "dns" },
  {
    sign: /SSL(?:Handshake|PeerUnverified|Protocol)?Exception|CertificateException|PKIX path/i,
    reason: "tls",
  },
  { sign: /ConnectTimeoutException|connect timed out/i, reason: "connect_timeout" },
  { sign: /Connection refused|HttpHostConnectException|NoRouteToHostException/i, reason: "connect_refused" },
  {
    sign: /Timeout waiting for (?:response|ack)|SocketTimeoutException|Read timed out|\bTimeout\b/i,
    reason: "ack_timeout",
  },
  { sign: /^(?:Response transformer|Response) error|Response validation/i, reason: "response_error" },
  {
    sign: /^(?:JavaScript|Pre-?processor|Post-?processor)\b.*error|EcmaError|WrappedException/i,
    reason: "script_error",
  },
  { sign: /^DICOM.*error[\s\S]*(?:association|rejected|refused)/i, reason: "dicom_refused" },
  { sign: /^DICOM\b.*error/i, reason: "dicom_failed" },
  { sign: /^Database (?:Writer|Reader) error|SQLException/i, reason: "database_error" },
  { sign: /^File (?:Writer|Reader) error|FileNotFoundException|No space left/i, reason: "file_error" },
  { sign: /parse error|SAXParseException|HL7Exception|Error (?:parsing|serializing)/i, reason: "parse" },
  { sign: /queue (?:is )?full/i, reason: "queue_full" },
];
