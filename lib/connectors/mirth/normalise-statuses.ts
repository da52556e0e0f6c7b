import type { Item, NormalisedBatch, Reject, Sample } from "@/lib/core/message/schema";
import { type LegSeen, legSamples } from "./leg-samples";
import type { ChannelMemory, LegMemory, StatusesPage, StatusMemory } from "./pages";
import { parsedBody } from "./parsed-body";
import { messageElements, messageOf } from "./read-messages";
import { channelStatusOf, columnNamesOf, connectorWordsOf } from "./read-status";
import { unknownShape } from "./unknown-shape";
import { type ChannelStatus, channelStatusSchema, messageSchema } from "./wire";
import { parseXml } from "./xml";

export type StatusesJudged = NormalisedBatch & { readonly memory: StatusMemory };

/**
 * What the statuses of all channels say that is new since the memory: descriptions, samples of counters and queues, falls
 * of counters, redeployments, removals. Pure, so that the stream learns the next memory from the same judgement.
 */
export function judgeStatuses(page: StatusesPage): StatusesJudged {
  const items: Item[] = [];
  const rejects: Reject[] = [];
  const channels: Record<string, ChannelMemory> = {};
  const words =
    page.connectorStates === undefined ? new Map() : connectorWordsOf(parseXml(page.connectorStates));
  for (const element of parsedBody(page).children) {
    const parsed = channelStatusSchema.safeParse(channelStatusOf(element));
    if (!parsed.success) {
      rejects.push(unknownShape({ page, element, error: parsed.error }));
      continue;
    }
    const judged = judgeChannel({ page, status: parsed.data, words });
    items.push(...judged.items);
    channels[parsed.data.channelId] = judged.memory;
  }
  return { items: [...items, ...removedChannels(page, channels)], rejects, memory: { channels } };
}

/** Descriptions are repeated now and then, so that a restored database learns them again. */
const DESCRIBE_AGAIN_MS = 10 * 60_000;

type ChannelSeen = {
  readonly page: StatusesPage;
  readonly status: ChannelStatus;
  readonly words: ReadonlyMap<string, string>;
};

function judgeChannel(seen: ChannelSeen): {
  readonly items: readonly Item[];
  readonly memory: ChannelMemory;
} {
  const { page, status } = seen;
  const before = page.memory.channels[status.channelId];
  const described = describeChannel(seen, before);
  const legs = status.connectors.map((connector) => {
    const leg = String(connector.metaDataId);
    const one: LegSeen = {
      channelId: status.channelId,
      atMs: page.readAtMs,
      connector,
      word: seen.words.get(`${status.channelId}_${leg}`),
      before: before?.legs[leg],
    };
    return { leg, ...legSamples(one), head: headSamples(page, { channelId: status.channelId, leg }) };
  });
  const fallen = legs.filter(({ fell }) => fell).map(({ leg }) => leg);
  const items: Item[] = [
    ...described.items,
    ...legs.flatMap(({ samples, head }) => [...samples, ...head]),
    ...counterFell(seen, fallen),
    ...redeployed(status, before),
  ];
  const memory: Record<string, LegMemory> = Object.fromEntries(legs.map((one) => [one.leg, one.memory]));
  return { items, memory: { ...described.memory, legs: memory } };
}

function describeChannel(
  { page, status }: ChannelSeen,
  before: ChannelMemory | undefined,
): { readonly items: readonly Item[]; readonly memory: Omit<ChannelMemory, "legs"> } {
  const columns = page.columns.find(({ channelId }) => channelId === status.channelId);
  const legs = status.connectors.map(({ metaDataId, name, state }, ordinal) => ({
    leg: String(metaDataId),
    name: name.slice(0, 256),
    direction: metaDataId === 0 ? ("source" as const) : ("destination" as const),
    ordinal,
    state: state.slice(0, 32),
  }));
  const description = JSON.stringify([status.name, status.state, legs]);
  const isDue =
    before === undefined ||
    before.description !== description ||
    page.readAtMs - before.describedAtMs >= DESCRIBE_AGAIN_MS;
  const columnsReadAtMs = columns === undefined ? before?.columnsReadAtMs : page.readAtMs;
  const memory = {
    name: status.name,
    description,
    describedAtMs: isDue ? page.readAtMs : before.describedAtMs,
    ...(status.deployedAtMs === undefined ? {} : { deployedAtMs: status.deployedAtMs }),
    ...(columnsReadAtMs === undefined ? {} : { columnsReadAtMs }),
  };
  if (!isDue && columns?.body === undefined) return { items: [], memory };
  const item: Item = {
    kind: "interface",
    interface: status.channelId,
    name: status.name.slice(0, 256),
    state: status.state.slice(0, 32),
    ...(columns?.body === undefined ? {} : { columns: columnNamesOf(parseXml(columns.body)).slice(0, 200) }),
    legs,
  };
  return { items: [item], memory };
}

/** Mirth counters fall by hand, by a clear and by a replace; a fall re-bases and is never added up. */
function counterFell({ page, status }: ChannelSeen, fallen: readonly string[]): readonly Item[] {
  if (fallen.length === 0) return [];
  return [
    {
      kind: "change",
      interface: status.channelId,
      at: new Date(page.readAtMs),
      change: "counter_fell",
      detail: `connector ${fallen.join(", ")}`.slice(0, 256),
    },
  ];
}

function redeployed(status: ChannelStatus, before: ChannelMemory | undefined): readonly Item[] {
  const { channelId, deployedAtMs } = status;
  if (before === undefined || deployedAtMs === undefined || before.deployedAtMs === deployedAtMs) return [];
  return [{ kind: "change", interface: channelId, at: new Date(deployedAtMs), change: "deployed" }];
}

/** A channel that is no longer listed was deleted. An empty list is an engine that is starting. */
function removedChannels(
  page: StatusesPage,
  channels: Readonly<Record<string, ChannelMemory>>,
): readonly Item[] {
  if (Object.keys(channels).length === 0) return [];
  return Object.entries(page.memory.channels)
    .filter(([channelId]) => channels[channelId] === undefined)
    .map(([channelId, { name }]) => ({
      kind: "interface" as const,
      interface: channelId,
      name: name.slice(0, 256),
      state: "REMOVED",
      legs: [],
    }));
}

/** Age of the oldest row that a queue has tried to send; without such a row there is no value. By the engine's own clock. */
function headSamples(
  page: StatusesPage,
  at: { readonly channelId: string; readonly leg: string },
): readonly Sample[] {
  const head = page.queueHeads.find((one) => one.channelId === at.channelId && one.leg === at.leg);
  if (head === undefined) return [];
  const sinceMs = messageElements(parseXml(head.body)).flatMap((element) => {
    const parsed = messageSchema.safeParse(messageOf(element));
    return parsed.success ? parsed.data.rows.map((row) => row.receivedAtMs) : [];
  });
  const value = sinceMs.length === 0 ? null : Math.max(0, head.engineNowMs - Math.min(...sinceMs));
  return [
    {
      kind: "gauge",
      interface: at.channelId,
      leg: at.leg,
      metric: "headAgeMs",
      at: new Date(page.readAtMs),
      value,
    },
  ];
}
