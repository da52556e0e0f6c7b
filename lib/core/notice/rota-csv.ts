import { csvCells } from "../formats/records/csv-cells";
import { parseWallText, printWallText } from "../time/wall-text";
import type { Shift } from "./on-call";

/** What is wrong with a line of a rota. */
export const rotaFaults = [
  "columns",
  "unknown_person",
  "not_a_time",
  "no_such_hour",
  "ends_before_begin",
  "too_long",
  "twice",
] as const;
export type RotaFault = (typeof rotaFaults)[number];

export const rotaFaultTexts: Readonly<Record<RotaFault, string>> = {
  columns: "It must have the columns person, from and until.",
  unknown_person: "No person with this e-mail address can sign in.",
  not_a_time: "A time is written like 2026-11-24 08:00.",
  no_such_hour: "Clocks skip this time on that day.",
  ends_before_begin: "It ends before it begins.",
  too_long: "A shift is 62 days at most.",
  twice: "The same line stands above.",
};

export type RotaLine = { readonly line: number; readonly shift: Shift };
export type RotaRead = {
  readonly shifts: readonly RotaLine[];
  readonly faults: readonly { readonly line: number; readonly fault: RotaFault }[];
};

export const MAX_ROTA_LINES = 2_000;

/**
 * Reads a rota: `person,from,until[,override]`, one shift a line, with comma or semicolon, times as a clock in the zone of
 * the team shows them. A first line that names the columns is left out; every line that cannot be read is told.
 */
export function readRota(ask: {
  readonly text: string;
  readonly zone: string;
  /** By e-mail address in small letters. */
  readonly people: ReadonlyMap<string, string>;
}): RotaRead {
  const lines = ask.text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .slice(0, MAX_ROTA_LINES);
  const shifts: RotaLine[] = [];
  const faults: { line: number; fault: RotaFault }[] = [];
  const seen = new Set<string>();
  lines.forEach((text, i) => {
    if (text.trim() === "" || (i === 0 && /^\W*(person|e-?mail)\b/i.test(text))) return;
    const read = readLine(text, ask);
    const key = typeof read === "string" ? "" : keyOf(read);
    if (typeof read === "string") faults.push({ line: i + 1, fault: read });
    else if (seen.has(key)) faults.push({ line: i + 1, fault: "twice" });
    else shifts.push({ line: i + 1, shift: read });
    seen.add(key);
  });
  return { shifts, faults };
}

export function keyOf({ userId, from, until, isOverride }: Shift): string {
  return [userId, from.getTime(), until.getTime(), isOverride].join();
}

const LONGEST_SHIFT_MS = 62 * 86_400_000;

function readLine(
  text: string,
  { zone, people }: { readonly zone: string; readonly people: ReadonlyMap<string, string> },
): Shift | RotaFault {
  const delimiter = text.includes(";") ? ";" : ",";
  const cells = csvCells(text, delimiter).map((cell) => cell.trim());
  const [person = "", begin = "", end = "", override = ""] = cells;
  if (cells.length < 3 || cells.length > 4) return "columns";
  const userId = people.get(person.toLowerCase());
  if (userId === undefined) return "unknown_person";
  const from = readTime(begin, zone);
  if (typeof from === "string") return from;
  const until = readTime(end, zone);
  if (typeof until === "string") return until;
  if (until <= from) return "ends_before_begin";
  if (until.getTime() - from.getTime() > LONGEST_SHIFT_MS) return "too_long";
  return { userId, from, until, isOverride: /^(1|y|yes|true|x|override)$/i.test(override) };
}

/** A time that clocks skip is told instead of moved: who wrote it down means another one. */
function readTime(text: string, zone: string): Date | RotaFault {
  const wall = text.replace(" ", "T");
  const at = parseWallText({ text: wall, zone });
  if (at === undefined) return "not_a_time";
  const shown = printWallText({ at, zone });
  if (shown === wall.slice(0, 16)) return at;
  return isCalendarDay(wall.slice(0, 10)) ? "no_such_hour" : "not_a_time";
}

function isCalendarDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
