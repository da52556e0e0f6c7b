import { instantAt } from "../../time/zone";

/**
 * The instant of an HL7 DTM (YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]; v2.9, 2.A.22). One without an offset is a wall time of
 * `zone`. Undefined for a day alone, which is no instant, and for what no calendar has.
 */
export function instantOf(text: string | undefined, zone: string): Date | undefined {
  const match = TIME.exec(text ?? "");
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(numberOf);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const rest = second * 1_000 + Math.floor(Number(`0${match[7] ?? ""}`) * 1_000);
  const offset = match[8];
  if (offset === undefined)
    return new Date(instantAt({ year, month, day, hour, minute }, zone).getTime() + rest);
  const minutes =
    (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3))) * (offset.startsWith("-") ? -1 : 1);
  return new Date(Date.UTC(year, month - 1, day, hour, minute - minutes) + rest);
}

/** A date as precise as it is written: 1967, 1967-04 or 1967-04-09. */
export function partialDateOf(text: string | undefined): string | undefined {
  const match = /^(\d{4})(?:(0[1-9]|1[0-2])(?:(0[1-9]|[12]\d|3[01]))?)?/.exec(text ?? "");
  if (match === null || Number(match[1]) === 0) return undefined;
  return match
    .slice(1)
    .filter((part) => part !== undefined)
    .join("-");
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(\.\d{1,6})?([+-]\d{4})?$/;

function numberOf(text: string | undefined): number {
  return Number(text ?? 0);
}
