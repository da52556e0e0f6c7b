import { sourceIdSchema } from "@/lib/core/source/schema";
import { readLoneSightings } from "@/lib/db/lone-sightings";
import { query } from "@/lib/services/query";
import { type MessageRow, nameLegs } from "./name-legs";

export type LoneSightingsView = {
  readonly checked: number;
  readonly shared: number;
  readonly lone: readonly MessageRow[];
};

const DAY_MS = 24 * 3_600_000;
/** Engines are polled, and queues take time: what is younger may still be seen elsewhere. */
const SETTLED_MS = 15 * 60_000;

/**
 * Messages of the last day that one source saw and no other, looked for among its newest thousand: a tap that saw what the
 * engine did not. @throws AppError forbidden | bad_request
 */
export const listLoneSightings = query({
  permission: "message.read",
  input: sourceIdSchema,
  disclosesPhi: false,
  run: async ({ input: { id }, reach, now }): Promise<LoneSightingsView> => {
    const until = new Date(now.getTime() - SETTLED_MS);
    const from = new Date(until.getTime() - DAY_MS);
    const found = await readLoneSightings({ sourceId: id, from, until, most: 1_000, limit: 50, reach });
    return { ...found, lone: await nameLegs(found.lone, reach) };
  },
});
