/** What a log line may carry beside its static message: plain values under names that cannot hold patient data. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Returns the fields that may be written. Names on the refused list are replaced, so are texts that look like HL7 v2
 * or hold a long digit run (an MRN, an accession). Errors keep name, code and stack frames; their message only when
 * it is the product's own static text (an `AppError`), because database and parser messages quote the data.
 */
export function redactFields(fields: LogFields): Record<string, unknown> {
  return redactObject(fields, 0);
}

const REDACTED = "[redacted]";
const MAX_DEPTH = 3;
const MAX_TEXT_LENGTH = 500;
const MAX_LIST_LENGTH = 20;

const REFUSED_NAMES =
  /^(name|firstName|lastName|familyName|givenName|displayName|email)$|birth|dob$|mrn|patient|^raw|content|^body$|payload|authorization|cookie|password|passwd|secret|token|credential|apiKey|accession|address$|ssn|segment|^pid|^message$/i;

/** MSH/PID and other segment openings with a field separator, `NAME^GIVEN`, or seven digits and more in a row. */
const PATIENT_LIKE_TEXT = /\b[A-Z][A-Z0-9]{2}\|.*\||[A-Za-z]+\^[A-Za-z]+|\d{7,}/;

function redactObject(fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      REFUSED_NAMES.test(name) ? REDACTED : redactValue(value, depth),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? String(value) : value;
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return REDACTED;
  if (Array.isArray(value))
    return value.slice(0, MAX_LIST_LENGTH).map((item) => redactValue(item, depth + 1));
  return redactObject(Object.fromEntries(Object.entries(value)), depth + 1);
}

function redactText(text: string): string {
  return PATIENT_LIKE_TEXT.test(text) ? REDACTED : text.slice(0, MAX_TEXT_LENGTH);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const isOwn = error.name === "AppError";
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(isOwn ? { text: redactText(error.message) } : {}),
    ...(isOwn && "info" in error ? { info: redactValue(error.info, depth + 1) } : {}),
    // The first stack line repeats the message, so only the frames are kept.
    frames: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause === undefined || depth >= MAX_DEPTH
      ? {}
      : { cause: redactValue(error.cause, depth + 1) }),
  };
}
