import { z } from "zod";
import type { Stream } from "../connector";
import { calls } from "./calls";
import { type EngineClient, openEngine } from "./client";
import type { MirthConfig } from "./config";
import { optionalBody } from "./optional-body";
import { ownPage } from "./pages";
import { epochOf } from "./read-messages";
import { parseXml } from "./xml";

const cursorSchema = z.object({ version: z.string() });

/** Memory, processor, disk, clock, alerts and version of the engine, by calls that leave no audit events. */
export const systemStream: Stream<MirthConfig> = {
  name: "system",
  everyMs: 60_000,
  async *poll(config, io, cursor) {
    const engine = openEngine(config, io);
    const known = cursorSchema.safeParse(cursor);
    const { body: version = "", askedAtMs } = await engine.get(calls.version());
    const stats = await optionalBody(engine, calls.systemStats());
    const alerts = await optionalBody(engine, calls.alertStatuses());
    const clockSkewMs = await readClockSkew(engine);
    const page = ownPage({
      kind: "system" as const,
      readAtMs: askedAtMs,
      version: version.trim(),
      ...(stats === undefined ? {} : { stats }),
      ...(alerts === undefined ? {} : { alerts }),
      ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
      ...(known.success ? { previousVersion: known.data.version } : {}),
    });
    yield { wire: page, cursor: { version: version.trim() } };
  },
};

/** The engine's clock minus ours, in milliseconds, taken at the middle of the call. */
export async function readClockSkew(engine: EngineClient): Promise<number | undefined> {
  const { body, askedAtMs, answeredAtMs } = await engine.get(calls.time());
  const engineMs = body === undefined ? undefined : epochOf(parseXml(body));
  return engineMs === undefined ? undefined : Math.round(engineMs - (askedAtMs + answeredAtMs) / 2);
}
