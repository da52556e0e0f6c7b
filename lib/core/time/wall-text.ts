import { instantAt, zonedParts } from "./zone";

/** "2026-11-24T02:14", what a clock in `zone` shows: the value of a datetime-local input. */
export function printWallText({ at, zone }: { readonly at: Date; readonly zone: string }): string {
  const { year, month, day, hour, minute } = zonedParts(at, zone);
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${padded(hour)}:${padded(minute)}`;
}

/** The instant a datetime-local value means in `zone`; undefined where the text is not one. */
export function parseWallText({
  text,
  zone,
}: {
  readonly text: string;
  readonly zone: string;
}): Date | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(:\d\d(\.\d+)?)?$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return undefined;
  return instantAt({ year, month, day, hour, minute }, zone);
}

function padded(value: number, digits = 2): string {
  return String(value).padStart(digits, "0");
}
