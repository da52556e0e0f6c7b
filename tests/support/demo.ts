import { freePort } from "@/tests/support/free-port";

/** Makes this process' ingest port a free one. To be called before the settings are read for the first time. */
export async function useFreeIngestPort(): Promise<void> {
  process.env["INGEST_PORT"] = String(await freePort());
}

/** A zone in which it is mid-morning now, so that a hospital there is as busy as by day whenever tests are run. */
export function zoneInMidMorning(now: Date): string {
  const hours = 10 - now.getUTCHours();
  // There is no zone thirteen hours behind; the same hour of the clock is there eleven hours ahead.
  const ahead = hours < -12 ? hours + 24 : hours;
  // Etc/GMT names count west as positive.
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
