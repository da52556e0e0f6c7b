import { actorId } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { currentFact } from "@/lib/core/clinical/fold-versions";
import { type ClinicalKind, clinicalSchemas } from "@/lib/core/clinical/schema";
import { remainingMs } from "@/lib/core/disclosure/values-grant";
import { AppError } from "@/lib/core/errors";
import { type ExamValue, valuesOf } from "@/lib/core/journey/exam-values";
import { findExamDisclosure } from "@/lib/db/disclosures";
import { readExamNow, readPatientsOfExam, readSourceNames } from "@/lib/db/exam-facts";
import { readExamLine } from "@/lib/db/exam-read";
import { query } from "@/lib/services/query";
import { examIdSchema } from "./read-exam";

/** What each source says of each object of an exam, in clear. */
export type ExamValues = {
  readonly objects: readonly {
    /** Of the object within this answer. */
    readonly key: string;
    readonly source: string;
    readonly kind: ClinicalKind;
    readonly values: readonly ExamValue[];
  }[];
  readonly remainingMs: number;
};

/**
 * The patient and the numbers of an exam, while they are open to this person. Not noted again: the line of `showExam` in
 * the audit trail says until when.
 * @throws AppError forbidden | bad_request | not_found | not_available when the time is over
 */
export const readExamValues = query({
  permission: "exam.unmask",
  input: examIdSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now, reach }): Promise<ExamValues> => {
    const until = await findExamDisclosure({ userId: actorId(actor), examId: input.id, now });
    if (until === undefined || contentAccess(actor).kind === "closed")
      throw new AppError("not_available", "The values of this exam are masked.");
    const exam = await readExamLine(input.id, reach);
    if (exam === undefined) throw new AppError("not_found", "There is no such exam.");
    const [histories, patients] = await Promise.all([
      readExamNow(exam.accession),
      readPatientsOfExam(exam.accession),
    ]);
    const facts = [
      ...patients,
      ...histories.map(({ sourceId, facts: all }) => ({ sourceId, fact: currentFact(all) })),
    ];
    facts.sort((a, b) => kindOrder.indexOf(a.fact.kind) - kindOrder.indexOf(b.fact.kind));
    const sources = await readSourceNames(facts.map(({ sourceId }) => sourceId));
    return {
      objects: facts.map(({ sourceId, fact }, i) => ({
        key: String(i),
        source: sources[sourceId] ?? "a removed source",
        kind: fact.kind,
        values: valuesOf(fact),
      })),
      remainingMs: remainingMs(until, now),
    };
  },
});

/** The order in which an exam comes to be. */
const kindOrder: readonly ClinicalKind[] = clinicalSchemas.map(({ shape }) => shape.kind.value);

/** Whether they are open to this person now. @throws AppError forbidden | bad_request */
export const isExamOpen = query({
  permission: "exam.unmask",
  input: examIdSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now }): Promise<boolean> =>
    (await findExamDisclosure({ userId: actorId(actor), examId: input.id, now })) !== undefined,
});
