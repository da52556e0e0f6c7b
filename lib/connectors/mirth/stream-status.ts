import type { Stream } from "../connector";
import { calls } from "./calls";
import { type EngineClient, openEngine } from "./client";
import type { MirthConfig } from "./config";
import { judgeStatuses } from "./normalise-statuses";
import { optionalBody } from "./optional-body";
import { ownPage, type StatusesPage, type StatusMemory, statusMemorySchema } from "./pages";
import { epochOf } from "./read-messages";
import { troubleOf } from "./sweep";
import { parseXml } from "./xml";

/** States, counters and queues of all channels by one call that leaves no audit events; now and then columns and queue heads. */
export const statusStream: Stream<MirthConfig> = {
  name: "status",
  everyMs: 15_000,
  async *poll(config, io, cursor) {
    const engine = openEngine(config, io);
    const memory = memoryOf(cursor);
    const { body = "<list/>", askedAtMs } = await engine.get(calls.statuses());
    const connectorStates = await optionalBody(engine, calls.connectorStates());
    const bare: StatusesPage = {
      kind: "statuses",
      readAtMs: askedAtMs,
      body,
      ...(connectorStates === undefined ? {} : { connectorStates }),
      columns: await readColumns(engine, { memory, nowMs: askedAtMs }),
      queueHeads: await readQueueHeads(engine, { memory, nowMs: askedAtMs }),
      memory,
    };
    const page = ownPage(bare);
    yield { wire: page, cursor: nextMemory(page) };
  },
};

function memoryOf(cursor: unknown): StatusMemory {
  const parsed = statusMemorySchema.safeParse(cursor);
  return parsed.success ? parsed.data : { channels: {} };
}

/** A body that is no XML becomes a dead letter when the page is normalised, and nothing is learnt from it. */
function nextMemory(page: StatusesPage): StatusMemory {
  try {
    return withHeadsRead(page, judgeStatuses(page).memory);
  } catch (error) {
    if (troubleOf(error) !== "not_xml") throw error;
    return page.memory;
  }
}

type Known = { readonly memory: StatusMemory; readonly nowMs: number };

const COLUMNS_EVERY_MS = 60 * 60_000;
const COLUMNS_A_POLL = 20;

/** Custom columns of channels that are known already, so that a first poll shows all channels at once. */
async function readColumns(engine: EngineClient, { memory, nowMs }: Known): Promise<StatusesPage["columns"]> {
  const due = Object.entries(memory.channels)
    .filter(([, { columnsReadAtMs }]) => nowMs - (columnsReadAtMs ?? 0) >= COLUMNS_EVERY_MS)
    .slice(0, COLUMNS_A_POLL);
  const columns: StatusesPage["columns"] = [];
  for (const [channelId] of due) {
    const body = await optionalBody(engine, calls.columns({ channelId }));
    columns.push({ channelId, ...(body === undefined ? {} : { body }) });
  }
  return columns;
}

const HEADS_EVERY_MS = 60_000;
const HEADS_A_POLL = 2;

/** Heads of queues that hold something. Each is a search that the engine audits: at most two a poll, one a minute a queue. */
async function readQueueHeads(
  engine: EngineClient,
  { memory, nowMs }: Known,
): Promise<StatusesPage["queueHeads"]> {
  const due = Object.entries(memory.channels)
    .flatMap(([channelId, { legs }]) =>
      Object.entries(legs)
        // The source queue cannot be searched by its head: its rows have no attempts.
        .filter(([leg, { queued }]) => leg !== "0" && queued > 0)
        .map(([leg, { headReadAtMs }]) => ({ channelId, leg, headReadAtMs: headReadAtMs ?? 0 })),
    )
    .filter(({ headReadAtMs }) => nowMs - headReadAtMs >= HEADS_EVERY_MS)
    .sort((a, b) => a.headReadAtMs - b.headReadAtMs)
    .slice(0, HEADS_A_POLL);
  if (due.length === 0) return [];
  const { body: time } = await engine.get(calls.time());
  const engineNowMs = time === undefined ? undefined : epochOf(parseXml(time));
  const heads: StatusesPage["queueHeads"] = [];
  for (const { channelId, leg } of due) {
    const { body = "<list/>" } = await engine.get(calls.queueHead({ channelId, leg: Number(leg) }));
    heads.push({ channelId, leg, engineNowMs: engineNowMs ?? nowMs, body });
  }
  return heads;
}

function withHeadsRead(page: StatusesPage, memory: StatusMemory): StatusMemory {
  const channels = { ...memory.channels };
  for (const { channelId, leg } of page.queueHeads) {
    const channel = channels[channelId];
    const known = channel?.legs[leg];
    if (channel === undefined || known === undefined) continue;
    const legs = { ...channel.legs, [leg]: { ...known, headReadAtMs: page.readAtMs } };
    channels[channelId] = { ...channel, legs };
  }
  return { channels };
}
