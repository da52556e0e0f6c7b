import { parseHl7 } from "../formats/hl7v2/parse";

type NamedPatient = { readonly value: string; readonly assigningAuthority: string };

/** More are not looked for: one record is one patient, and a batch that could not be read is a batch. */
const MOST = 50;

/**
 * The patients whom a payload names that could not be stored: PID-3 of an HL7 message, and in JSON every object with a
 * value and its assigning authority, also in HL7 messages that stand in it. A guess for the audit trail: what is broken
 * may name somebody whom nothing finds. An identifier without its issuer names nobody.
 */
export function namedPatients(payload: string): readonly NamedPatient[] {
  const found = new Map<string, NamedPatient>();
  // A list of its own in place of recursion: what comes from outside may be nested as deep as it likes.
  const waiting: unknown[] = [parsedOr(payload)];
  while (waiting.length > 0 && found.size < MOST) {
    const value = waiting.pop();
    if (typeof value === "string") for (const one of inHl7(value)) found.set(JSON.stringify(one), one);
    if (typeof value !== "object" || value === null) continue;
    const one = inObject(value);
    if (one !== undefined) found.set(JSON.stringify(one), one);
    for (const inner of Object.values(value)) waiting.push(inner);
  }
  return [...found.values()].slice(0, MOST);
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function inObject(value: object): NamedPatient | undefined {
  if (!("value" in value && "assigningAuthority" in value)) return undefined;
  const { value: number, assigningAuthority } = value;
  return typeof number === "string" && typeof assigningAuthority === "string"
    ? named(number, assigningAuthority)
    : undefined;
}

/** CX.1 and CX.4 of every repetition of PID-3. */
function inHl7(text: string): readonly NamedPatient[] {
  const segments = parseHl7(text)?.segments.filter(({ name }) => name === "PID") ?? [];
  return segments.flatMap(({ fields }) =>
    (fields[2] ?? []).flatMap((cx) => named(cx[0]?.[0] ?? "", cx[3]?.[0] ?? "") ?? []),
  );
}

function named(value: string, assigningAuthority: string): NamedPatient | undefined {
  return value.trim() === "" || assigningAuthority.trim() === "" ? undefined : { value, assigningAuthority };
}
