import type { AckCode } from "./outcome";
import type { FailureReason } from "./reason";

/** HL7 table 0008: what an acknowledgement that is no acceptance says of the failure. */
export const ackReasons: Readonly<Record<Exclude<AckCode, "AA" | "CA">, FailureReason>> = {
  AE: "nack_ae",
  AR: "nack_ar",
  CE: "commit_ce",
  CR: "commit_cr",
};

/** HL7 table 0357. */
export const faultReasons: Readonly<Record<string, FailureReason>> = {
  "100": "segment_sequence",
  "101": "required_field",
  "102": "data_type",
  "103": "table_value",
  "104": "value_too_long",
  "200": "unsupported_type",
  "201": "unsupported_type",
  "202": "unsupported_type",
  "203": "unsupported_type",
  "204": "unknown_key",
  "205": "duplicate_key",
  "206": "locked",
  "207": "internal",
};

/** The cause of a failure as far as its text tells it; the words are those of engines, Java, Node and DICOM toolkits. */
export function reasonOfText(text: string): FailureReason {
  const fault = /\bERR\|‹fields›[^\r\n]* code (\d{3})/.exec(text)?.[1];
  const named = faultReasons[fault ?? ""] ?? reasonOfDicomStatus(text);
  return named ?? rules.find(({ sign }) => sign.test(text))?.reason ?? "other";
}

/**
 * PS3.7 annex C and PS3.4 B.2.3. undefined for no failure status; the warnings B000, B006 and B007 are none: what was
 * sent is stored.
 */
function reasonOfDicomStatus(text: string): FailureReason | undefined {
  const status = /\b(?:status|DICOM|DIMSE|C-\w+)\b[^\r\n]{0,60}?\b(?:0x)?([ABC][0-9A-F]{3}|012[24])H?\b/i
    .exec(text)?.[1]
    ?.toUpperCase();
  if (status === undefined) return undefined;
  if (status === "0122") return "dicom_not_supported";
  if (status === "0124") return "dicom_not_authorised";
  if (status.startsWith("A7")) return "dicom_no_resources";
  if (status.startsWith("A9")) return "dicom_wrong_dataset";
  return status.startsWith("C") ? "dicom_not_understood" : undefined;
}

type Rule = { readonly sign: RegExp; readonly reason: FailureReason };

// In order: the first sign found decides.
const rules: readonly Rule[] = [
  { sign: /NACK sent from receiver\.? ?\(?Error/i, reason: "nack_ae" },
  { sign: /NACK sent from receiver\.? ?\(?Reject/i, reason: "nack_ar" },
  // Errors of scripts quote the lines around them, in which any word may stand.
  { sign: /^Filter error/i, reason: "filter_error" },
  { sign: /^Transformer error|Error evaluating transformer/i, reason: "transform_error" },
  { sign: /\bHTTP\/\d(?:\.\d)? 5\d\d\b|status code:? 5\d\d|\bHTTP (?:status )?5\d\d\b/i, reason: "http_5xx" },
  { sign: /\bHTTP\/\d(?:\.\d)? 4\d\d\b|status code:? 4\d\d|\bHTTP (?:status )?4\d\d\b/i, reason: "http_4xx" },
  { sign: /UnknownHostException|Name or service not known|ENOTFOUND|EAI_AGAIN/i, reason: "dns" },
  {
    sign: /SSL(?:Handshake|PeerUnverified|Protocol)?Exception|CertificateException|PKIX path|certificate (?:has )?expired|TLS handshake/i,
    reason: "tls",
  },
  { sign: /ConnectTimeoutException|connect timed out|ETIMEDOUT/i, reason: "connect_timeout" },
  {
    sign: /Connection refused|HttpHostConnectException|NoRouteToHostException|ECONNREFUSED|EHOSTUNREACH/i,
    reason: "connect_refused",
  },
  {
    sign: /Connection reset|Broken pipe|ECONNRESET|EPIPE|connection (?:was )?closed by/i,
    reason: "connection_lost",
  },
  {
    sign: /Timeout waiting for (?:response|ack)|SocketTimeoutException|Read timed out|\bTimeout\b/i,
    reason: "ack_timeout",
  },
  { sign: /^(?:Response transformer|Response) error|Response validation/i, reason: "response_error" },
  {
    sign: /^(?:JavaScript|Pre-?processor|Post-?processor)\b.*error|EcmaError|WrappedException/i,
    reason: "script_error",
  },
  { sign: /^DICOM.*error[\s\S]*(?:association|rejected|refused)|A-ASSOCIATE-RJ/i, reason: "dicom_refused" },
  { sign: /^DICOM\b.*error/i, reason: "dicom_failed" },
  { sign: /^Database (?:Writer|Reader) error|SQLException|\bORA-\d{5}|SQLSTATE/i, reason: "database_error" },
  {
    sign: /^File (?:Writer|Reader) error|FileNotFoundException|No space left|ENOSPC|EACCES/i,
    reason: "file_error",
  },
  { sign: /parse error|SAXParseException|HL7Exception|Error (?:parsing|serializing)/i, reason: "parse" },
  { sign: /queue (?:is )?full/i, reason: "queue_full" },
  { sign: /required field|segment sequence error/i, reason: "required_field" },
  { sign: /\bdata type error\b/i, reason: "data_type" },
  { sign: /table value not found|unmapped code|unknown code/i, reason: "table_value" },
  { sign: /value too long/i, reason: "value_too_long" },
  { sign: /unsupported (?:message type|event code|processing id|version)/i, reason: "unsupported_type" },
  { sign: /unknown key identifier/i, reason: "unknown_key" },
  { sign: /duplicate key/i, reason: "duplicate_key" },
  { sign: /record (?:is )?locked/i, reason: "locked" },
];
