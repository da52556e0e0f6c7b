import { readSetting } from "@/lib/db/settings";

/** The setting that lets messages of one source be sent again; absent = off. */
export function switchKey(sourceId: number): string {
  return `replay:${sourceId}`;
}

export async function isSwitchedOn(sourceId: number): Promise<boolean> {
  return (await readSetting(switchKey(sourceId))) === true;
}

/** Above how many messages a replay takes a second person, where a hospital has chosen another number. */
export async function readAloneLimit(otherwise: number): Promise<number> {
  const value = await readSetting("replayAloneLimit");
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;
}
