/** Which parts of a segment say something about the message, not about a patient: shown as they are. */
type Visibility = {
  /** Fields shown whole. */
  readonly fields: readonly number[];
  /** In other fields, components shown: assigning authorities, identifier types, namespaces and code systems. */
  readonly components?: Readonly<Record<number, readonly number[]>>;
  /** Fields that hold a date or time, so that an impossible one can be pointed out without showing it. */
  readonly dates?: readonly number[];
};

const CX = [4, 5, 6] as const;
const EI = [2, 3, 4] as const;
const CODE_SYSTEM = [3, 6] as const;

// HL7 v2.9 chapters 2–12. A segment that is not listed shows nothing.
const segments: Readonly<Record<string, Visibility>> = {
  MSH: { fields: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21], dates: [7] },
  BHS: { fields: [1, 2, 3, 4, 5, 6, 7, 11], dates: [7] },
  FHS: { fields: [1, 2, 3, 4, 5, 6, 7, 11], dates: [7] },
  BTS: { fields: [1] },
  FTS: { fields: [1] },
  MSA: { fields: [1, 2, 4, 5] },
  ERR: { fields: [1, 2, 3, 4, 5] },
  EVN: { fields: [1, 2, 4], dates: [2, 3, 6] },
  PID: { fields: [1], components: { 2: CX, 3: CX, 4: CX, 18: CX }, dates: [7, 29, 33] },
  MRG: { fields: [], components: { 1: CX, 2: CX, 3: CX, 4: CX } },
  PV1: { fields: [1, 2, 4, 10], components: { 5: CX, 19: CX, 50: CX }, dates: [44, 45] },
  NK1: { fields: [1], components: { 3: CODE_SYSTEM } },
  ORC: { fields: [1, 5, 6], components: { 2: EI, 3: EI, 4: EI }, dates: [9, 15] },
  OBR: { fields: [1, 4, 24, 25], components: { 2: EI, 3: EI }, dates: [6, 7, 8, 14, 22] },
  OBX: { fields: [1, 2, 3, 4, 6, 11], components: { 5: CODE_SYSTEM }, dates: [14, 19] },
  NTE: { fields: [1, 2] },
  TXA: { fields: [1, 2, 3, 17, 18, 19], components: { 12: EI }, dates: [4, 6, 7] },
  AL1: { fields: [1], components: { 2: CODE_SYSTEM, 3: CODE_SYSTEM, 4: CODE_SYSTEM } },
  DG1: { fields: [1, 2, 6], components: { 3: CODE_SYSTEM }, dates: [5] },
  PR1: { fields: [1], components: { 3: CODE_SYSTEM }, dates: [5] },
  SCH: { fields: [25], components: { 1: EI, 2: EI } },
  RXE: { fields: [5], components: { 2: CODE_SYSTEM } },
  RXA: { fields: [1, 2], components: { 5: CODE_SYSTEM }, dates: [3, 4] },
  FT1: { fields: [1, 6], components: { 7: CODE_SYSTEM }, dates: [4, 5] },
};

/** Whether a component may be shown as it is. Counting starts at 1. */
export function isVisible(of: {
  readonly segment: string;
  readonly field: number;
  readonly component: number;
}): boolean {
  const rules = segments[of.segment] ?? nothing;
  return rules.fields.includes(of.field) || (rules.components?.[of.field]?.includes(of.component) ?? false);
}

/** Whether a field holds a date or time (DT, TS, DTM). */
export function isDateField(of: { readonly segment: string; readonly field: number }): boolean {
  return segments[of.segment]?.dates?.includes(of.field) ?? false;
}

// In segments we do not know, even field 1 may be an identifier.
const nothing: Visibility = { fields: [] };
