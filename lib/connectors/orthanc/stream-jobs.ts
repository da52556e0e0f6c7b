import { z } from "zod";
import type { Stream } from "../connector";
import { getJson, openServer } from "../http/client";
import { notUnderstood } from "../http/trouble";
import { calls } from "./calls";
import type { OrthancConfig } from "./config";
import { jobSchema } from "./wire";

/** Jobs that the server still lists and that were told of, as `ID/instant of their end`. */
const cursorSchema = z.object({ told: z.array(z.string()) });

/** Finished jobs, before they roll off: Orthanc keeps ten by default, and loses them at a restart unless it stores them. */
export const jobsStream: Stream<OrthancConfig> = {
  name: "jobs",
  everyMs: 15_000,
  async *poll(config, io, rawCursor) {
    const { json } = await getJson(openServer(config, io), calls.jobs());
    if (!Array.isArray(json)) throw notUnderstood({ name: "jobs" });
    const known = cursorSchema.safeParse(rawCursor);
    const told = new Set(known.success ? known.data.told : []);
    const finished = json.slice(0, MAX_JOBS).flatMap((raw: unknown) => {
      const key = keyOf(raw);
      return key === undefined ? [] : [{ raw, key }];
    });
    yield {
      wire: { kind: "jobs", jobs: finished.filter(({ key }) => !told.has(key)).map(({ raw }) => raw) },
      cursor: { told: finished.map(({ key }) => key) },
    };
  },
};

const MAX_JOBS = 10_000;

/** Undefined for a job that has not come to an end; one that is not understood is told of once by its text. */
function keyOf(raw: unknown): string | undefined {
  const job = jobSchema.safeParse(raw);
  if (!job.success) return JSON.stringify(raw).slice(0, 200);
  const { ID, State, CompletionTime = "" } = job.data;
  return State === "Success" || State === "Failure" ? `${ID}/${CompletionTime}` : undefined;
}
