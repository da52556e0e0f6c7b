import { journeyOf } from "@/lib/core/journey/journey";
import type { FactRefs } from "@/lib/db/clinical-facts";
import { accessionsOf, deleteEmptyExam, lockExams, readExamHistory, updateExam } from "@/lib/db/exams";
import type { inPoolTransaction } from "@/lib/db/pool-transaction";

type Client = Parameters<Parameters<typeof inPoolTransaction>[0]>[0];

/**
 * Finds where every exam stands that facts with these references belong to, or belonged to before they changed. Rows of
 * exams are locked after those of facts and in one order, so that writers never wait for each other in a circle; whoever
 * comes last sees the facts of all.
 */
export async function followExams(
  client: Client,
  ask: { readonly refs: readonly FactRefs[]; readonly now: Date },
): Promise<void> {
  const own = ask.refs.flatMap(({ accession }) => accession ?? []);
  const others = ask.refs.filter(({ accession }) => accession === undefined);
  const linked = await accessionsOf(client, {
    studies: others.flatMap(({ study }) => study ?? []),
    orders: others.flatMap(({ orders }) => orders),
  });
  const accessions = [...new Map([...own, ...linked].map((ref) => [ref.toString("hex"), ref])).values()];
  if (accessions.length === 0) return;
  for (const { id, accession } of await lockExams(client, accessions, ask.now)) {
    const histories = await readExamHistory(client, accession);
    if (histories.length === 0) await deleteEmptyExam(client, id);
    else await updateExam(client, { id, journey: journeyOf(histories), now: ask.now });
  }
}
