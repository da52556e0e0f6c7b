import type { PollIo } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import { type DeliveryPlace, printPlace } from "@/lib/core/message/delivery-place";
import type { Database } from "@/lib/db/client";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import type { WantedResult } from "@/lib/demo/engine/plan-message";
import { type Engine, startEngine } from "@/lib/demo/engine/start-engine";
import { storeBatch } from "@/lib/ingest/pipeline";
import { createSource } from "@/lib/services/sources/create-source";

export const replayChannel = "eeee0001-0000-4000-8000-000000000001";
export const replayLogin = { username: "replay", password: "replay-of-the-demo" } as const;

/** An engine with one channel and two destinations, a source that reads it, and what was read. */
export type ReplayHospital = {
  readonly engine: Engine;
  readonly sourceId: number;
  /** Lets the engine's clock go on. */
  readonly wait: (ms: number) => void;
  /** Posts a message; by default it fails at its first destination and arrives at the second. */
  readonly post: (message?: Posted) => number;
  /** Reads all that the engine has and stores it. */
  readonly read: () => Promise<void>;
  /** Where a message is stored, on a destination. */
  readonly place: (
    messageId: number,
    metaDataId?: number,
  ) => Promise<DeliveryPlace & { readonly text: string }>;
  readonly stop: () => Promise<void>;
};

type Posted = {
  readonly type?: string;
  readonly patient?: number;
  readonly accession?: string;
  readonly wanted?: Readonly<Record<number, WantedResult>>;
};

const failsThenArrives = {
  0: { kind: "sent" },
  1: { kind: "error", failure: "nack_ae" },
  2: { kind: "sent" },
} as const;

/** `urlOf`: where the source is told to find the engine, to put something between. */
export async function startReplayHospital(ask: {
  readonly db: () => Database;
  readonly storage?: "DEVELOPMENT" | "METADATA";
  readonly failureRate?: number;
  readonly urlOf?: (engineUrl: string) => Promise<string>;
}): Promise<ReplayHospital> {
  let nowMs = Date.now() - 3_600_000;
  const destination = { failureRate: ask.failureRate ?? 0, medianMs: 5 };
  const channel = aChannel({
    id: replayChannel,
    name: "Orders",
    storage: ask.storage ?? "DEVELOPMENT",
    destinations: [
      aDestination({ ...destination, name: "LIS" }),
      aDestination({ ...destination, name: "RIS" }),
    ],
  });
  const engine = await startEngine({ seed: 1, now: () => new Date(nowMs), port: 0, channels: [channel] });
  const config = {
    url: (await ask.urlOf?.(engine.url)) ?? engine.url,
    username: engine.credentials.username,
    replayUsername: replayLogin.username,
  };
  const { id: sourceId } = await createSource(
    { kind: "system", name: "test" },
    {
      kind: "mirth",
      name: `engine ${engine.port}`,
      config,
      secrets: { password: engine.credentials.password, replayPassword: replayLogin.password },
    },
  );
  let count = 0;
  const cursors = new Map<string, unknown>();
  return {
    engine,
    sourceId,
    wait: (ms) => {
      nowMs += ms;
    },
    post: ({ type = "ORU^R01", patient, accession, wanted = failsThenArrives } = {}) => {
      count += 1;
      const facts = { messageType: type, patient: patient ?? count, accession: accession ?? `A${count}` };
      return engine.post({ channelId: replayChannel, wanted, facts })?.messageId ?? 0;
    },
    read: () =>
      readAll({
        sourceId,
        config: { ...config, url: engine.url },
        engine,
        cursors,
        now: () => new Date(nowMs),
      }),
    place: (messageId, metaDataId = 1) => placeOf(ask.db(), { sourceId, messageId, metaDataId }),
    stop: () => engine.stop(),
  };
}

async function readAll(of: {
  readonly sourceId: number;
  readonly config: unknown;
  readonly engine: Engine;
  /** By stream: where the last reading ended. */
  readonly cursors: Map<string, unknown>;
  readonly now: () => Date;
}): Promise<void> {
  const mirth = findConnector("mirth");
  const { password } = of.engine.credentials;
  const io: PollIo = {
    signal: new AbortController().signal,
    fetch,
    now: of.now,
    log: () => undefined,
    secret: (name) => (name === "password" ? password : undefined),
    columnMapping: { [replayChannel]: { mrn: "MRN", mrnAuthority: "GENERAL" } },
    retainFrom: new Date(0),
  };
  for (const stream of mirth?.streams?.filter(({ name }) => name === "status" || name === "messages") ?? []) {
    let cursor: unknown = of.cursors.get(stream.name) ?? null;
    for (let backlog = 1; backlog > 0; ) {
      backlog = 0;
      for await (const page of stream.poll(of.config, io, cursor)) {
        cursor = JSON.parse(JSON.stringify(page.cursor));
        of.cursors.set(stream.name, cursor);
        backlog = page.backlog ?? 0;
        const batch = mirth?.normalise(page.wire, of.config) ?? { items: [], rejects: [] };
        await storeBatch({ sourceId: of.sourceId, batch, now: new Date() });
      }
    }
  }
}

async function placeOf(
  db: Database,
  of: { readonly sourceId: number; readonly messageId: number; readonly metaDataId: number },
) {
  const { rows } = await db.pool.query<DeliveryPlace>(
    `SELECT d.leg_id AS "legId", d.received_at AS "receivedAt", d.id::text AS id FROM signal.delivery d
     JOIN public.leg ON leg.id = d.leg_id
     WHERE leg.source_id = $1 AND leg.external_id = $2 AND d.engine_message_id = $3`,
    [of.sourceId, String(of.metaDataId), String(of.messageId)],
  );
  const [place] = rows;
  if (place === undefined) throw new Error("This message was not read.");
  return { ...place, text: printPlace(place) };
}
