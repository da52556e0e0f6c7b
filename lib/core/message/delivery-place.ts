/**
 * Where one delivery is stored: the primary key of the fact table. `id` is the decimal text of a signed 64-bit number.
 * It says nothing about a patient, so it may stand in a URL.
 */
export type DeliveryPlace = { readonly legId: number; readonly receivedAt: Date; readonly id: string };

/** "<leg>.<received at, epoch ms>.<id>": the name of a message in the address bar. */
export function printPlace({ legId, receivedAt, id }: DeliveryPlace): string {
  return `${legId}.${receivedAt.getTime()}.${id}`;
}

/** Reads what printPlace wrote; undefined for anything else. */
export function parsePlace(text: string): DeliveryPlace | undefined {
  const match = /^([1-9]\d{0,9})\.(\d{1,15})\.(-?\d{1,19})$/.exec(text);
  if (!match) return undefined;
  const [, leg = "", ms = "", id = ""] = match;
  const legId = Number(leg);
  return legId <= MAX_INT32 && isInt64(id) ? { legId, receivedAt: new Date(Number(ms)), id } : undefined;
}

/** A place in a list sorted newest first, and which way to go on from it. */
export type PageCursor = {
  readonly direction: "older" | "newer";
  readonly at: Date;
  /** Decides among rows of the same instant. */
  readonly id: string;
};

/** "o.<epoch ms>.<id>" or "n.…". */
export function printCursor({ direction, at, id }: PageCursor): string {
  return `${direction === "older" ? "o" : "n"}.${at.getTime()}.${id}`;
}

/** Reads what printCursor wrote; undefined for anything else. */
export function parseCursor(text: string): PageCursor | undefined {
  const match = /^([on])\.(\d{1,15})\.(-?\d{1,19})$/.exec(text);
  if (!match) return undefined;
  const [, letter, ms = "", id = ""] = match;
  if (!isInt64(id)) return undefined;
  return { direction: letter === "o" ? "older" : "newer", at: new Date(Number(ms)), id };
}

const MAX_INT32 = 2_147_483_647;

function isInt64(text: string): boolean {
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}
