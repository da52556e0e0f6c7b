import { afterAll } from "vitest";
import type { Page, PollIo } from "@/lib/connectors/connector";
import { mirth } from "@/lib/connectors/mirth/index";
import type { DeliveryObservation, Item, Reject } from "@/lib/core/message/schema";
import type { Engine, EngineOptions } from "@/lib/demo/engine/start-engine";
import { startEngine } from "@/lib/demo/engine/start-engine";

/** A stub engine with a clock that the test turns, and a connector that reads it as the poller would. */
export type Stub = {
  readonly engine: Engine;
  readonly config: ReturnType<typeof mirth.config.parse>;
  readonly io: PollIo;
  /** Lets both clocks go on. */
  readonly wait: (ms: number) => void;
  readonly nowMs: () => number;
  /** Runs one poll of a stream; its cursor is kept for the next. */
  readonly poll: (stream: string) => Promise<Polled>;
  /** Polls messages until nothing is left to read. */
  readonly sweep: () => Promise<Polled>;
  readonly cursor: (stream: string) => unknown;
  readonly setCursor: (stream: string, cursor: unknown) => void;
};

export type Polled = {
  readonly pages: readonly Page[];
  readonly items: readonly Item[];
  readonly rejects: readonly Reject[];
  /** By `channel/message/leg`, the newest observation of each. */
  readonly deliveries: ReadonlyMap<string, DeliveryObservation>;
};

/** Starts a stub that ends with the test file. 2026-03-10 12:00 UTC, no traffic but what the test asks for. */
export async function startStub(options: Partial<EngineOptions & { config: object }> = {}): Promise<Stub> {
  let nowMs = Date.parse("2026-03-10T12:00:00.000Z");
  const { config: settings, ...rest } = options;
  const engine = await startEngine({ seed: 1, now: () => new Date(nowMs), port: 0, ...rest });
  afterAll(() => engine.stop().catch(() => undefined));
  const config = mirth.config.parse({ url: engine.url, username: engine.credentials.username, ...settings });
  const io: PollIo = {
    signal: new AbortController().signal,
    fetch,
    now: () => new Date(nowMs),
    log: () => undefined,
    secret: (name) => (name === "password" ? engine.credentials.password : undefined),
    columnMapping: {},
    retainFrom: new Date(nowMs - 35 * 86_400_000),
  };
  const cursors = new Map<string, unknown>();
  const poll = async (stream: string): Promise<Polled> => {
    const found = mirth.streams?.find(({ name }) => name === stream);
    const pages: Page[] = [];
    for await (const page of found?.poll(config, io, cursors.get(stream) ?? null) ?? []) {
      pages.push(page);
      cursors.set(stream, JSON.parse(JSON.stringify(page.cursor)));
    }
    return polled(pages);
  };
  return {
    engine,
    config,
    io,
    wait: (ms) => {
      nowMs += ms;
    },
    nowMs: () => nowMs,
    poll,
    sweep: async () => {
      const pages: Page[] = [];
      do pages.push(...(await poll("messages")).pages);
      while ((pages.at(-1)?.backlog ?? 0) > 0);
      return polled(pages);
    },
    cursor: (stream) => cursors.get(stream),
    setCursor: (stream, cursor) => cursors.set(stream, cursor),
  };

  function polled(pages: readonly Page[]): Polled {
    const batches = pages.map(({ wire }) => mirth.normalise(wire, config));
    const items = batches.flatMap((batch) => batch.items);
    const deliveries = new Map<string, DeliveryObservation>();
    for (const item of items) {
      if (item.kind !== "delivery") continue;
      const key = `${item.interface}/${item.messageId}/${item.leg}`;
      const known = deliveries.get(key);
      if (known === undefined || known.observedSeq < item.observedSeq) deliveries.set(key, item);
    }
    return { pages, items, rejects: batches.flatMap(({ rejects }) => rejects), deliveries };
  }
}

/** What the engine itself has, as `channel/message/leg` → status in lower case. */
export function truthOf({ engine }: Stub): ReadonlyMap<string, string> {
  return new Map(
    engine
      .channels()
      .flatMap(({ id }) =>
        engine
          .listMessages(id)
          .flatMap((message) =>
            message.rows.map(
              (row) => [`${id}/${message.messageId}/${row.metaDataId}`, row.status.toLowerCase()] as const,
            ),
          ),
      ),
  );
}

/** Searches that the engine writes into its audit log. */
export function auditedCalls({ engine }: Stub): readonly string[] {
  return engine
    .requests()
    .map(({ path }) => path)
    .filter((path) => /\/messages(\/\d+)?(\?|$)|\/messages\/count|\/alerts$/.test(path));
}
