import { type ChannelKind, channelKinds } from "@/lib/core/notice/kinds";
import { database } from "./client";
import type { Recipient } from "./notice-deliveries";
import type { Transaction } from "./transaction";

export type Owner =
  | { readonly userId: string; readonly teamId?: undefined }
  | { readonly teamId: string; readonly userId?: undefined };

/** A way in which somebody is told, without its address. */
export type ChannelRecord = {
  readonly id: string;
  readonly userId: string | undefined;
  readonly teamId: string | undefined;
  readonly kind: ChannelKind;
  readonly name: string;
  /** What may be shown of the address. */
  readonly hint: string;
};

export async function insertChannel(
  tx: Transaction,
  channel: Owner & {
    readonly id: string;
    readonly kind: ChannelKind;
    readonly name: string;
    readonly hint: string;
    readonly sealed: { readonly keyId: string; readonly bytes: Buffer };
    readonly by: string;
    readonly now: Date;
  },
): Promise<void> {
  const { id, userId = null, teamId = null, kind, name, hint, sealed, by, now } = channel;
  await tx.$executeRaw`
    INSERT INTO signal.notice_channel (id, user_id, team_id, kind, name, hint, key_id, sealed, created_at, created_by)
    VALUES (${id}::uuid, ${userId}::uuid, ${teamId}::uuid, ${kind}, ${name}, ${hint}, ${sealed.keyId},
      ${new Uint8Array(sealed.bytes)}, ${now}, ${by})`;
}

/** False when there is none. */
export async function removeChannelRow(
  tx: Transaction,
  which: { readonly id: string; readonly now: Date },
): Promise<boolean> {
  const removed = await tx.$executeRaw`
    UPDATE signal.notice_channel SET removed_at = ${which.now} WHERE id = ${which.id}::uuid AND removed_at IS NULL`;
  return removed === 1;
}

type Row = Omit<ChannelRecord, "kind" | "userId" | "teamId"> & {
  readonly kind: string;
  readonly userId: string | null;
  readonly teamId: string | null;
};

const COLUMNS = `id::text, user_id::text AS "userId", team_id::text AS "teamId", kind, name, hint`;

/** The channels of people and teams, oldest first. Indexes notice_channel_person, notice_channel_team. */
export async function listChannels(of: {
  readonly userIds: readonly string[];
  readonly teamIds: readonly string[];
}): Promise<readonly ChannelRecord[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT ${COLUMNS} FROM signal.notice_channel
     WHERE removed_at IS NULL AND (user_id = ANY ($1::uuid[]) OR team_id = ANY ($2::uuid[])) ORDER BY created_at, id`,
    [[...of.userIds], [...of.teamIds]],
  );
  return rows.flatMap(recordOf);
}

export async function findChannel(id: string): Promise<ChannelRecord | undefined> {
  const { rows } = await database().pool.query<Row>(
    `SELECT ${COLUMNS} FROM signal.notice_channel WHERE id = $1 AND removed_at IS NULL`,
    [id],
  );
  return rows.flatMap(recordOf)[0];
}

function recordOf({ id, userId, teamId, kind, name, hint }: Row): readonly ChannelRecord[] {
  const known = channelKinds.find((one) => one === kind);
  if (known === undefined) return [];
  return [{ id, userId: userId ?? undefined, teamId: teamId ?? undefined, kind: known, name, hint }];
}

/** How a person or a team is told: through each of their channels; a person without one, by the e-mail address of the account. */
export function recipientsAmong(
  channels: readonly ChannelRecord[],
  of: { readonly userIds: readonly string[]; readonly teamIds: readonly string[] },
): readonly Recipient[] {
  const byPerson = of.userIds.flatMap((userId): readonly Recipient[] => {
    const own = channels.filter((channel) => channel.userId === userId);
    if (own.length === 0) return [{ channelId: undefined, userId, teamId: undefined }];
    return own.map(({ id }) => ({ channelId: id, userId, teamId: undefined }));
  });
  const byTeam = of.teamIds.flatMap((teamId) =>
    channels
      .filter((channel) => channel.teamId === teamId)
      .map(({ id }) => ({ channelId: id, userId: undefined, teamId })),
  );
  return [...byPerson, ...byTeam];
}
