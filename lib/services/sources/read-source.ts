import type { Connector, SecretField } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";
import { columnMappingSchema } from "@/lib/core/interface/column-mapping";
import { proposeMapping } from "@/lib/core/interface/propose-mapping";
import { type ReadingState, readingState } from "@/lib/core/source/health";
import { sourceIdSchema } from "@/lib/core/source/schema";
import { listMappedInterfaces, type MappedInterface } from "@/lib/db/column-mappings";
import { readSourceActivity } from "@/lib/db/source-activity";
import { findSourceRow, listSourceSecrets, listStreamHealth, type SourceRow } from "@/lib/db/sources";
import { query } from "@/lib/services/query";
import { isSwitchedOn } from "@/lib/services/replays/replay-switch";
import { type SettingField, settingFields } from "./setting-fields";
import { isKept, type StreamView, streamsOf } from "./stream-view";

export type SourceDetail = {
  readonly id: number;
  readonly name: string;
  readonly kindTitle: string;
  readonly description: string;
  readonly isDemo: boolean;
  readonly isPaused: boolean;
  /** False for a source that sends to the ingest address by itself. */
  readonly isPolled: boolean;
  /** Messages come over a port of its own, beside the engine that may know them too. */
  readonly hasPort: boolean;
  readonly canBeTested: boolean;
  readonly state: ReadingState;
  readonly streams: readonly StreamView[];
  readonly openDeadLetters: number;
  readonly lastPushAt: Date | undefined;
  readonly fields: readonly SettingField[];
  readonly secrets: readonly (SecretField & { readonly isStored: boolean })[];
  readonly channels: readonly ChannelColumns[];
  /** Whether failed messages of it may be sent again; `none`: it cannot, `not-ready`: it has no account for it. */
  readonly replay: "none" | "not-ready" | "off" | "on";
};

/** Which custom column of a channel holds what: as confirmed, or else as its names suggest. */
export type ChannelColumns = Pick<
  MappedInterface,
  "id" | "name" | "columns" | "confirmedAt" | "confirmedBy"
> & { readonly mapping: Readonly<Partial<Record<MappedColumn, string>>> };

export type MappedColumn = keyof typeof columnMappingSchema.shape;

/** One source with its health, settings and channels. Secrets stay behind. @throws AppError forbidden | not_found */
export const readSource = query({
  permission: "source.read",
  input: sourceIdSchema,
  run: async ({ input: { id }, now }): Promise<SourceDetail> => {
    const source = await findSourceRow(id);
    if (source === undefined) throw new AppError("not_found", "There is no such source.");
    const connector = findConnector(source.kind);
    const [health, activity, stored, channels] = await Promise.all([
      listStreamHealth(id),
      readSourceActivity(),
      listSourceSecrets(id),
      listMappedInterfaces(id),
    ]);
    const isPolled = isKept(connector);
    const isPaused = source.pausedAt !== undefined;
    const streams = streamsOf({ connector, source, streams: health, now });
    return {
      id,
      name: source.name,
      kindTitle: connector?.title ?? source.kind,
      description: connector?.description ?? "This release does not know this kind of source.",
      isDemo: source.isDemo,
      isPaused,
      isPolled,
      hasPort: connector?.kind === "hl7-mllp",
      canBeTested: connector?.probe !== undefined,
      state: readingState({ isPaused, isPolled, streams, now }),
      streams,
      openDeadLetters: activity.get(id)?.openDeadLetters ?? 0,
      lastPushAt: activity.get(id)?.lastPushAt,
      fields: connector === undefined ? [] : settingFields(connector.config, source.config),
      secrets: (connector?.secrets ?? []).map((secret) => ({
        ...secret,
        isStored: stored.some(({ name }) => name === secret.name),
      })),
      replay: await replayOf({ connector, source, secretNames: stored.map(({ name }) => name) }),
      channels: isPolled ? channels.filter(({ columns }) => columns.length > 0).map(channelColumns) : [],
    };
  },
  disclosesPhi: false,
});

async function replayOf(of: {
  readonly connector: Connector<unknown> | undefined;
  readonly source: SourceRow;
  readonly secretNames: readonly string[];
}): Promise<SourceDetail["replay"]> {
  const { connector, source, secretNames } = of;
  if (connector?.replay === undefined) return "none";
  if (!connector.replay.isReady(source.config, secretNames)) return "not-ready";
  return (await isSwitchedOn(source.id)) ? "on" : "off";
}

function channelColumns({ mapping, ...channel }: MappedInterface): ChannelColumns {
  const confirmed = columnMappingSchema.safeParse(mapping);
  const known = channel.confirmedAt !== undefined && confirmed.success;
  const pairs = Object.entries(known ? confirmed.data : proposeMapping(channel.columns));
  return { ...channel, mapping: Object.fromEntries(pairs.filter(([, column]) => column !== undefined)) };
}
