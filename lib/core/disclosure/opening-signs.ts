import { type Hl7Message, parseHl7 } from "../formats/hl7v2/parse";

/** How the patient of a message relates to whoever opens it, without a name. Reviews of the audit trail go by it. */
export type OpeningSigns = {
  readonly isSameSurname: boolean;
  /** Surname and given name. */
  readonly isSameName: boolean;
  /** PV1-16 (VIP Indicator) says something else than no. */
  readonly isFlagged: boolean;
};

/** Reads the signs from the first HL7 message that names a patient (PID-5); undefined where none does. */
export function openingSigns(texts: readonly string[], readerName: string): OpeningSigns | undefined {
  for (const text of texts) {
    const message = parseHl7(text);
    const surname = message && plain(valueAt({ message, segment: "PID", field: 5, component: 1 }));
    if (message === undefined || surname === undefined || surname === "") continue;
    const given = plain(valueAt({ message, segment: "PID", field: 5, component: 2 }));
    const reader = plain(readerName);
    const isSameSurname = ` ${reader}`.endsWith(` ${surname}`);
    const isSameName = isSameSurname && given !== "" && firstWord(given) === firstWord(reader);
    const flag = valueAt({ message, segment: "PV1", field: 16, component: 1 }).trim().toUpperCase();
    return { isSameSurname, isSameName, isFlagged: !["", "N", '""'].includes(flag) };
  }
  return undefined;
}

function valueAt(place: {
  readonly message: Hl7Message;
  readonly segment: string;
  readonly field: number;
  readonly component: number;
}): string {
  const found = place.message.segments.find(({ name }) => name === place.segment);
  return found?.fields[place.field - 1]?.[0]?.[place.component - 1]?.[0] ?? "";
}

/** "MÜLLER-LÜDENSCHEIDT " → "muller ludenscheidt": spelling differs from system to system. */
function plain(name: string): string {
  const letters = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function firstWord(name: string): string {
  return name.split(" ")[0] ?? "";
}
