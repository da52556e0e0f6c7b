import type { Version } from "@/lib/core/clinical/fold-versions";
import { journeyOf } from "@/lib/core/journey/journey";
import type { FactRefs } from "@/lib/db/clinical-facts";
import { lockLinks } from "@/lib/db/clinical-locks";
import { accessionsOf, deleteEmptyExams, lockExams, readExamHistories, writeExams } from "@/lib/db/exams";
import type { inPoolTransaction } from "@/lib/db/pool-transaction";

type Client = Parameters<Parameters<typeof inPoolTransaction>[0]>[0];

/**
 * Finds where every exam stands that facts with these references belong to, or belonged to before they changed. Rows of
 * exams are locked after those of facts and in one order, so that writers never wait for each other in a circle; whoever
 * comes last sees the facts of all. `versions` are those that the caller has read or added, by the fact's id.
 */
export async function followExams(
  client: Client,
  ask: {
    readonly refs: readonly FactRefs[];
    readonly versions: ReadonlyMap<string, readonly Version[]>;
    readonly now: Date;
  },
): Promise<void> {
  await lockLinks(client, ask.refs);
  const own = ask.refs.flatMap(({ accession }) => accession ?? []);
  const others = ask.refs.filter(({ accession }) => accession === undefined);
  const linked = await accessionsOf(client, {
    studies: others.flatMap(({ study }) => study ?? []),
    orders: others.flatMap(({ orders }) => orders),
  });
  const accessions = [...new Map([...own, ...linked].map((ref) => [ref.toString("hex"), ref])).values()];
  if (accessions.length === 0) return;
  const known = await lockExams(client, accessions);
  const histories = await readExamHistories(client, { accessions, versions: ask.versions });
  const exams = accessions.map((accession, i) => ({
    id: known.get(accession.toString("hex")),
    accession,
    histories: histories[i] ?? [],
  }));
  const isEmpty = (exam: (typeof exams)[number]) => exam.histories.length === 0;
  await deleteEmptyExams(
    client,
    exams.filter(isEmpty).flatMap(({ id }) => id ?? []),
  );
  const told = exams.filter((exam) => !isEmpty(exam));
  await writeExams(
    client,
    told.map(({ id, accession, histories: all }) => ({ id, accession, journey: journeyOf(all) })),
    ask.now,
  );
}
