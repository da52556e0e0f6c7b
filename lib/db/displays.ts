import { database } from "./client";
import type { Transaction } from "./transaction";

/** A screen on a wall. */
export type Display = {
  readonly id: string;
  readonly name: string;
  readonly ranges: readonly string[];
  /** Whether it was opened on a screen: until then its link waits. */
  readonly isOpened: boolean;
  readonly linkUntil: Date;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | undefined;
  readonly lastAddress: string | undefined;
  readonly revokedAt: Date | undefined;
};

export async function insertDisplay(
  tx: Transaction,
  display: {
    readonly name: string;
    readonly ranges: readonly string[];
    readonly linkHash: Buffer;
    readonly linkUntil: Date;
    readonly expiresAt: Date;
    readonly by: string;
    readonly now: Date;
  },
): Promise<string> {
  const { name, ranges, linkUntil, expiresAt, by, now } = display;
  const row = await tx.display.create({
    data: {
      name,
      ranges: [...ranges],
      linkHash: new Uint8Array(display.linkHash),
      linkUntil,
      expiresAt,
      createdBy: by,
      createdAt: now,
    },
    select: { id: true },
  });
  return row.id;
}

/** Every screen, the newest in front. */
export async function listDisplayRows(): Promise<readonly Display[]> {
  const rows = await database().prisma.display.findMany({ orderBy: { createdAt: "desc" }, take: 200 });
  return rows.map(displayOf);
}

/** False when it was revoked already, or there is none. */
export async function revokeDisplayRow(
  tx: Transaction,
  which: { readonly id: string; readonly now: Date },
): Promise<boolean> {
  const { count } = await tx.display.updateMany({
    where: { id: which.id, revokedAt: null },
    data: { revokedAt: which.now, linkHash: null },
  });
  return count > 0;
}

/** The screen that a link sets up; undefined when it is unknown, used or out of date. */
export async function findDisplayByLink(
  tx: Transaction,
  link: { readonly hash: Buffer; readonly now: Date },
): Promise<Display | undefined> {
  const row = await tx.display.findFirst({
    where: {
      linkHash: new Uint8Array(link.hash),
      linkUntil: { gt: link.now },
      expiresAt: { gt: link.now },
      revokedAt: null,
    },
  });
  return row === null ? undefined : displayOf(row);
}

/** Uses the link up and gives the screen its token. False when another request was first. */
export async function openDisplayRow(
  tx: Transaction,
  opening: { readonly linkHash: Buffer; readonly tokenHash: Buffer },
): Promise<boolean> {
  const { count } = await tx.display.updateMany({
    where: { linkHash: new Uint8Array(opening.linkHash), revokedAt: null },
    data: { linkHash: null, tokenHash: new Uint8Array(opening.tokenHash) },
  });
  return count > 0;
}

/** The screen of a token; undefined when it is unknown, revoked or out of date. */
export async function findDisplayByToken(hash: Buffer, now: Date): Promise<Display | undefined> {
  const row = await database().prisma.display.findFirst({
    where: { tokenHash: new Uint8Array(hash), revokedAt: null, expiresAt: { gt: now } },
  });
  return row === null ? undefined : displayOf(row);
}

/** Notes when a screen was last seen and from where. */
export async function touchDisplay(use: {
  readonly id: string;
  readonly address: string;
  readonly now: Date;
}): Promise<void> {
  await database().prisma.display.updateMany({
    where: { id: use.id },
    data: { lastUsedAt: use.now, lastAddress: use.address },
  });
}

type Row = {
  readonly id: string;
  readonly name: string;
  readonly ranges: readonly string[];
  readonly tokenHash: Uint8Array | null;
  readonly linkUntil: Date;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastAddress: string | null;
  readonly revokedAt: Date | null;
};

function displayOf(row: Row): Display {
  const { id, name, ranges, linkUntil, createdAt, createdBy, expiresAt } = row;
  return {
    id,
    name,
    ranges,
    linkUntil,
    createdAt,
    createdBy,
    expiresAt,
    isOpened: row.tokenHash !== null,
    lastUsedAt: row.lastUsedAt ?? undefined,
    lastAddress: row.lastAddress ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
  };
}
