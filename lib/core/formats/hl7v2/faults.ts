import { type Component, type Field, type Hl7Message, parseHl7, type Segment } from "./parse";

/** Where in a message a receiver found fault. Counting starts at 1; undefined = the whole of what is named before. */
export type FaultPlace = {
  readonly segment: string;
  /** Which of several segments of that name. */
  readonly occurrence: number;
  readonly field: number | undefined;
  readonly repetition: number | undefined;
  readonly component: number | undefined;
};

export type Fault = {
  readonly place: FaultPlace | undefined;
  /** HL7 table 0357: "101" = required field missing; undefined where the receiver gave none. */
  readonly code: string | undefined;
  /** The receiver's severity, ERR-4 (E, W, I, F); the old form has none. */
  readonly severity: string | undefined;
};

/**
 * The faults that an acknowledgement names: ERR-2 to ERR-4 since HL7 v2.5, ERR-1 (type ELD) before. Text that the
 * receiver added (ERR-7, ERR-8, MSA-3) is left out, because it may repeat patient data.
 */
export function readFaults(acknowledgement: string): readonly Fault[] {
  const message = parseHl7(acknowledgement);
  if (!message) return [];
  return message.segments.filter(({ name }) => name === "ERR").flatMap(faultsOf);
}

/** Which segment of the message a place means: its index, or undefined where the message has no such segment. */
export function findSegment(message: Hl7Message, place: FaultPlace): number | undefined {
  let seen = 0;
  for (const [index, { name }] of message.segments.entries()) {
    if (name !== place.segment) continue;
    seen += 1;
    if (seen === place.occurrence) return index;
  }
  return undefined;
}

function faultsOf(segment: Segment): readonly Fault[] {
  const isNewForm = hasValue(segment.fields[1]) || hasValue(segment.fields[2]);
  return isNewForm ? newForm(segment) : (segment.fields[0] ?? []).filter(hasSome).map(oldForm);
}

/** ERR-2 (ERL) may repeat: one fault each. ERR-3 (CWE) says what is wrong. */
function newForm({ fields }: Segment): readonly Fault[] {
  const [, locations = [], code, severity] = fields;
  const shared = { code: firstValue(code), severity: firstValue(severity) };
  const places = locations.map(placeFromErl).filter((place) => place !== undefined);
  if (places.length === 0) return [{ place: undefined, ...shared }];
  return places.map((place) => ({ place, ...shared }));
}

/** ERL: segment ^ segment sequence ^ field ^ field repetition ^ component ^ sub-component. */
function placeFromErl(erl: readonly Component[]): FaultPlace | undefined {
  const [segment, sequence, field, repetition, component] = erl.map((part) => part[0] ?? "");
  if (!segment) return undefined;
  return {
    segment,
    occurrence: positive(sequence) ?? 1,
    field: positive(field),
    repetition: positive(repetition),
    component: positive(component),
  };
}

/** ELD: segment ^ sequence ^ field position ^ code (CE, in sub-components). */
function oldForm(eld: readonly Component[]): Fault {
  const [segment, sequence, field] = eld.map((part) => part[0] ?? "");
  return {
    place: segment
      ? {
          segment,
          occurrence: positive(sequence) ?? 1,
          field: positive(field),
          repetition: undefined,
          component: undefined,
        }
      : undefined,
    code: eld[3]?.[0] || undefined,
    severity: undefined,
  };
}

function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}

function firstValue(field: Field | undefined): string | undefined {
  return field?.[0]?.[0]?.[0] || undefined;
}

function hasValue(field: Field | undefined): boolean {
  return field?.some(hasSome) ?? false;
}

function hasSome(repetition: readonly Component[]): boolean {
  return repetition.some((component) => component.some((part) => part !== ""));
}
