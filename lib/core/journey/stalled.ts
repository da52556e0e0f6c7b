import type { JourneyLeg } from "./steps";

/** Which stalled exams a list shows. Undefined = any. None of it says anything about a patient. */
export type StalledFilter = {
  readonly leg?: JourneyLeg;
  readonly department?: string;
  readonly modality?: string;
};

/** A place in the list of stalled exams, sorted by when they were due. */
export type StalledCursor = {
  readonly direction: "previous" | "next";
  readonly dueAt: Date;
  /** Decides among exams that were due at one instant. */
  readonly id: string;
};

/** "n.<epoch ms>.<id>" or "p.…". */
export function printStalledCursor({ direction, dueAt, id }: StalledCursor): string {
  return `${direction === "next" ? "n" : "p"}.${dueAt.getTime()}.${id}`;
}

/** Reads what printStalledCursor wrote; undefined for anything else. */
export function parseStalledCursor(text: string): StalledCursor | undefined {
  const match = /^([np])\.(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (!match) return undefined;
  const [, letter, ms = "", id = ""] = match;
  return { direction: letter === "n" ? "next" : "previous", dueAt: new Date(Number(ms)), id };
}
