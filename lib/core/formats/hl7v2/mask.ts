import { maskShape } from "../masking/mask-shape";
import { type Fault, type FaultPlace, findSegment } from "./faults";
import { emptyField, type Field, type Hl7Message, isHeader, type Repetition, type Segment } from "./parse";
import { isDateField, isVisible } from "./visible";

/** One sub-component as a person may see it. Everything is numbered from 1, as in "PID-3.4.2". */
export type MaskedValue = {
  readonly number: number;
  /** As it is where it says nothing about a patient; otherwise only its shape. */
  readonly text: string;
  readonly isMasked: boolean;
  /** Characters as written, escape sequences included. */
  readonly length: number;
};

export type MaskedComponent = {
  readonly number: number;
  readonly values: readonly MaskedValue[];
  readonly isFaulty: boolean;
};
export type MaskedRepetition = {
  readonly number: number;
  readonly components: readonly MaskedComponent[];
};
export type MaskedField = {
  /** As in "PID-3": MSH-1 and MSH-2 are the delimiters. */
  readonly number: number;
  readonly repetitions: readonly MaskedRepetition[];
  readonly fault: Fault | undefined;
  /** A date field whose value no calendar has. */
  readonly isBadDate: boolean;
};
export type MaskedSegment = {
  /** Place in the message. */
  readonly number: number;
  readonly name: string;
  readonly fields: readonly MaskedField[];
  /** Set where the whole segment is at fault, or the field at fault is not there. */
  readonly fault: Fault | undefined;
};
export type MaskedMessage = {
  readonly segments: readonly MaskedSegment[];
  /** Faults whose segment the message does not have: a required segment is missing. */
  readonly missing: readonly Fault[];
  /** Segments behind those shown: nobody reads so many, and no browser would show them. */
  readonly unshown: number;
};

const MAX_SHOWN = 2_000;

/**
 * A message with its structure, lengths and code systems visible and its values masked, faults marked where they belong.
 * Most faults can be told from this alone.
 */
export function maskHl7(message: Hl7Message, faults: readonly Fault[] = []): MaskedMessage {
  const placed = faults.map((fault) => ({
    fault,
    at: fault.place ? findSegment(message, fault.place) : undefined,
  }));
  return {
    segments: message.segments.slice(0, MAX_SHOWN).map((segment, index) =>
      maskSegment(
        { segment, number: index + 1, escapeMark: message.separators.escapeMark },
        placed.filter(({ at }) => at === index).map(({ fault }) => fault),
      ),
    ),
    missing: placed.filter(({ fault, at }) => fault.place && at === undefined).map(({ fault }) => fault),
    unshown: Math.max(message.segments.length - MAX_SHOWN, 0),
  };
}

type InMessage = {
  readonly segment: Segment;
  readonly number: number;
  readonly escapeMark: string;
};

function maskSegment({ segment, number, escapeMark }: InMessage, faults: readonly Fault[]): MaskedSegment {
  const faultOf = (field: number) => faults.find(({ place }) => place?.field === field);
  return {
    number,
    name: segment.name,
    fields: segment.fields.map((field, index) =>
      maskField({ segment: segment.name, number: index + 1, field, escapeMark }, faultOf(index + 1)),
    ),
    fault: faults.find(({ place }) => place?.field === undefined || place.field > segment.fields.length),
  };
}

type InSegment = {
  readonly segment: string;
  readonly number: number;
  readonly field: Field;
  readonly escapeMark: string;
};

function maskField(at: InSegment, fault: Fault | undefined): MaskedField {
  const { segment, number, field } = at;
  if (field === emptyField) return { number, repetitions: nothing, fault, isBadDate: false };
  return {
    number,
    repetitions: field.map((repetition, index) =>
      maskRepetition(at, { repetition, index, place: fault?.place }),
    ),
    fault,
    isBadDate: isDateField({ segment, field: number }) && field.some((one) => !isDate(one[0]?.[0] ?? "")),
  };
}

const nothing: readonly MaskedRepetition[] = [
  {
    number: 1,
    components: [
      { number: 1, values: [{ number: 1, text: "", isMasked: false, length: 0 }], isFaulty: false },
    ],
  },
];

type OneRepetition = {
  readonly repetition: Repetition;
  readonly index: number;
  readonly place: FaultPlace | undefined;
};

function maskRepetition(at: InSegment, { repetition, index, place }: OneRepetition): MaskedRepetition {
  const isHere = place !== undefined && (place.repetition ?? 1) === index + 1;
  return {
    number: index + 1,
    components: repetition.map((values, position) => {
      const component = position + 1;
      const isShown = isDelimiters(at) || isVisible({ segment: at.segment, field: at.number, component });
      return {
        number: component,
        values: values.map((text, part) => ({
          number: part + 1,
          ...maskValue({ text, isShown, escapeMark: at.escapeMark }),
        })),
        isFaulty: isHere && place.component === component,
      };
    }),
  };
}

function isDelimiters({ segment, number }: InSegment): boolean {
  return isHeader(segment) && number <= 2;
}

/** Escape sequences are structure and stay, but for bytes (\X…\), which are data. `""` deletes at the receiver (2.5.3). */
function maskValue(of: {
  readonly text: string;
  readonly isShown: boolean;
  readonly escapeMark: string;
}): Omit<MaskedValue, "number"> {
  const { text, isShown, escapeMark } = of;
  const isMasked = !isShown && text !== "" && text !== '""';
  if (!isMasked) return { text, isMasked, length: text.length };
  if (escapeMark === "") return { text: maskShape(text), isMasked, length: text.length };
  const sequence = /^(\.(br|ce|fi|in|nf|sk|sp|ti)[+-]?\d*|[EFHNRST])$/;
  const parts = text.split(escapeMark);
  const masked = parts.map((part, i) => {
    const isBetween = i % 2 === 1 && i < parts.length - 1;
    return isBetween && sequence.test(part) ? part : maskShape(part);
  });
  return { text: masked.join(escapeMark), isMasked, length: text.length };
}

/** HL7 DTM: YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ], and a day that exists. Empty and `""` are no bad dates. */
function isDate(text: string): boolean {
  if (text === "" || text === '""') return true;
  const match = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d(\.\d{1,4})?)?([+-]\d{4})?$/.exec(text);
  if (!match) return false;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00"] = match;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second.slice(0, 2)}`;
  const parsed = new Date(`${written}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(written);
}
