import { z } from "zod";
import type { Stream } from "../connector";
import { getJson, openServer, optional, type ServerClient } from "../http/client";
import { clockSkewOf } from "../http/clock-skew";
import { calls } from "./calls";
import type { OrthancConfig } from "./config";
import type { SystemPage } from "./pages";
import { instantOfText, systemSchema } from "./wire";

const cursorSchema = z.object({ version: z.string() });

/** Response time, counts, storage, jobs, clock and version of the server. */
export const systemStream: Stream<OrthancConfig> = {
  name: "system",
  everyMs: 60_000,
  async *poll(config, io, rawCursor) {
    const server = openServer(config, io);
    const known = cursorSchema.safeParse(rawCursor);
    const { json: system, tookMs, askedAtMs } = await getJson(server, calls.system());
    const { json: statistics } = await getJson(server, calls.statistics());
    const metrics = await optional(server.get({ ...calls.metrics(), accept: "text/plain" }));
    const clockSkewMs = await readClockSkew(server);
    const page: SystemPage = {
      kind: "system",
      readAtMs: askedAtMs,
      responseMs: tookMs,
      system,
      statistics,
      ...(metrics?.body !== undefined && { metrics: metrics.body }),
      ...(clockSkewMs !== undefined && { clockSkewMs }),
      ...(known.success && { previousVersion: known.data.version }),
    };
    const parsed = systemSchema.safeParse(system);
    yield { wire: page, cursor: parsed.success ? { version: parsed.data.Version } : rawCursor };
  },
};

/** The server's clock minus ours; undefined where it does not say. */
export async function readClockSkew(server: ServerClient): Promise<number | undefined> {
  const answer = await optional(server.get({ ...calls.now(), accept: "text/plain" }));
  const theirs = instantOfText(answer?.body?.trim());
  if (answer === undefined || theirs === undefined) return undefined;
  return clockSkewOf(theirs, answer);
}
