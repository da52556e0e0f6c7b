import { z } from "zod";
import type { Stream } from "../connector";
import type { ServerAnswer } from "../http/client";
import { clockSkewOf } from "../http/clock-skew";
import { notUnderstood } from "../http/trouble";
import { openFhir, pathBelow } from "./client";
import type { FhirConfig } from "./config";
import { capabilitySchema, type ServerPage } from "./wire";

const cursorSchema = z.object({ version: z.string() });

/** Whether the server answers, how fast, how its clock goes, and when its version changed. */
export const serverStream: Stream<FhirConfig> = {
  name: "server",
  everyMs: 120_000,
  async *poll(config, io, rawCursor) {
    const call = { name: "metadata", path: pathBelow(config, "/metadata") };
    const { json, ...answer } = await openFhir(config, io).get(call);
    const statement = capabilitySchema.safeParse(json);
    if (!statement.success) throw notUnderstood(call);
    const { software } = statement.data;
    const known = cursorSchema.safeParse(rawCursor);
    const version = [software?.name, software?.version].filter(Boolean).join(" ") || undefined;
    const clockSkewMs = skewIn(answer);
    const page: ServerPage = {
      kind: "server",
      readAtMs: answer.askedAtMs,
      responseMs: answer.tookMs,
      ...(clockSkewMs !== undefined && { clockSkewMs }),
      ...(version !== undefined && { version }),
      ...(known.success && { previousVersion: known.data.version }),
    };
    yield { wire: page, cursor: version === undefined ? rawCursor : { version } };
  },
};

/** By the Date header; undefined where there is none. */
export function skewIn(answer: ServerAnswer): number | undefined {
  const theirs = new Date(answer.date ?? "");
  return Number.isNaN(theirs.getTime()) ? undefined : clockSkewOf(theirs, answer);
}
