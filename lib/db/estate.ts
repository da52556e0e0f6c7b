import type { CertificateFacts } from "@/lib/core/estate/certificate";
import { type SystemKind, systemKinds } from "@/lib/core/estate/kinds";
import type { SystemInput } from "@/lib/core/estate/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** A system of the estate with what its endpoint last showed. */
export type SystemRecord = {
  readonly id: string;
  readonly name: string;
  readonly kind: SystemKind;
  readonly product: string | undefined;
  readonly version: string | undefined;
  readonly site: string | undefined;
  readonly department: string | undefined;
  readonly contact: string | undefined;
  readonly aeTitle: string | undefined;
  readonly endpoint: string | undefined;
  readonly note: string | undefined;
  readonly source: { readonly id: number; readonly name: string } | undefined;
  readonly changedAt: Date;
  readonly certificate: (CertificateFacts & CertificateNames) | undefined;
};

type CertificateNames = {
  readonly readAt: Date | undefined;
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  readonly protocol: string | undefined;
};

/** So many are listed at most; a hospital has hundreds. */
export const MOST_SYSTEMS = 1_000;

const related = { certificate: true, source: { select: { id: true, name: true, removedAt: true } } } as const;

/** Every system, by name. */
export async function listSystemRows(): Promise<readonly SystemRecord[]> {
  const rows = await database().prisma.system.findMany({
    where: { removedAt: null },
    include: related,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_SYSTEMS,
  });
  return rows.map(recordOf);
}

export async function findSystemRow(id: string): Promise<SystemRecord | undefined> {
  const row = await database().prisma.system.findFirst({ where: { id, removedAt: null }, include: related });
  return row === null ? undefined : recordOf(row);
}

/** Adds a system, or changes one. Answers with its id, undefined when there is none to change. */
export async function saveSystemRow(
  tx: Transaction,
  save: { readonly input: SystemInput; readonly by: string; readonly now: Date },
): Promise<string | undefined> {
  const { id, ...said } = save.input;
  const data = { ...nulls(said), changedAt: save.now, changedBy: save.by };
  if (id === undefined) return (await tx.system.create({ data, select: { id: true } })).id;
  const before = await tx.system.findFirst({ where: { id, removedAt: null }, select: { endpoint: true } });
  if (before === null) return undefined;
  await tx.system.update({ where: { id }, data });
  // What another endpoint showed says nothing of this one.
  if (before.endpoint !== data.endpoint) await tx.systemCertificate.deleteMany({ where: { systemId: id } });
  return id;
}

/** What is no longer said is taken away. */
function nulls(said: Omit<SystemInput, "id">) {
  const { name, kind, product, version, site, department, contact, aeTitle, endpoint, note, sourceId } = said;
  return {
    name,
    kind,
    product: product ?? null,
    version: version ?? null,
    site: site ?? null,
    department: department ?? null,
    contact: contact ?? null,
    aeTitle: aeTitle ?? null,
    endpoint: endpoint ?? null,
    note: note ?? null,
    sourceId: sourceId ?? null,
  };
}

/** The endpoint of a system now; undefined when it has none, or there is no such system. */
export async function readEndpoint(id: string): Promise<string | undefined> {
  const row = await database().prisma.system.findFirst({
    where: { id, removedAt: null },
    select: { endpoint: true },
  });
  return row?.endpoint ?? undefined;
}

/** False when there is none. */
export async function removeSystemRow(
  tx: Transaction,
  which: { readonly id: string; readonly now: Date; readonly by: string },
): Promise<boolean> {
  const { count } = await tx.system.updateMany({
    where: { id: which.id, removedAt: null },
    data: { removedAt: which.now, changedAt: which.now, changedBy: which.by },
  });
  return count > 0;
}

/** Systems whose endpoint was not tried since an instant. */
export async function endpointsToRead(
  before: Date,
): Promise<readonly { readonly id: string; readonly endpoint: string }[]> {
  const rows = await database().prisma.system.findMany({
    where: {
      removedAt: null,
      endpoint: { not: null },
      OR: [{ certificate: null }, { certificate: { triedAt: { lt: before } } }],
    },
    select: { id: true, endpoint: true },
    orderBy: { id: "asc" },
    take: MOST_SYSTEMS,
  });
  return rows.flatMap(({ id, endpoint }) => (endpoint === null ? [] : [{ id, endpoint }]));
}

/** Keeps what a handshake showed, unless the endpoint was changed meanwhile; a failed one leaves the dates of the last that worked. */
export async function keepReading(reading: {
  readonly id: string;
  readonly endpoint: string;
  readonly at: Date;
  readonly problem: string | undefined;
  readonly seen:
    | {
        readonly subject: string;
        readonly issuer: string;
        readonly validFrom: Date;
        readonly validTo: Date;
        readonly protocol: string;
      }
    | undefined;
}): Promise<void> {
  const { id, endpoint, at, problem, seen } = reading;
  const { prisma } = database();
  if ((await prisma.system.count({ where: { id, endpoint, removedAt: null } })) === 0) return;
  const data = {
    triedAt: at,
    problem: problem ?? null,
    ...(seen === undefined ? {} : { ...seen, readAt: at }),
  };
  await prisma.systemCertificate.upsert({
    where: { systemId: id },
    create: { systemId: id, ...data },
    update: data,
  });
}

type Row = Awaited<ReturnType<typeof findRow>>;
const findRow = () => database().prisma.system.findFirstOrThrow({ include: related });

function recordOf(row: Row): SystemRecord {
  const kind = systemKinds.find((known) => known === row.kind) ?? "other";
  const { certificate: seen, source } = row;
  return {
    id: row.id,
    name: row.name,
    kind,
    product: row.product ?? undefined,
    version: row.version ?? undefined,
    site: row.site ?? undefined,
    department: row.department ?? undefined,
    contact: row.contact ?? undefined,
    aeTitle: row.aeTitle ?? undefined,
    endpoint: row.endpoint ?? undefined,
    note: row.note ?? undefined,
    source: source !== null && source.removedAt === null ? { id: source.id, name: source.name } : undefined,
    changedAt: row.changedAt,
    certificate: seen === null ? undefined : certificateOf(seen),
  };
}

function certificateOf(seen: NonNullable<Row["certificate"]>): CertificateFacts & CertificateNames {
  return {
    triedAt: seen.triedAt,
    problem: seen.problem ?? undefined,
    readAt: seen.readAt ?? undefined,
    subject: seen.subject ?? undefined,
    issuer: seen.issuer ?? undefined,
    validFrom: seen.validFrom ?? undefined,
    validTo: seen.validTo ?? undefined,
    protocol: seen.protocol ?? undefined,
  };
}
