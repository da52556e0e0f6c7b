import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { type Journey, journeyOf } from "@/lib/core/journey/journey";
import { readExamNow, readSourceNames } from "@/lib/db/exam-facts";
import { type ExamLine, readExamLine, readExamPatients } from "@/lib/db/exam-read";
import { query } from "@/lib/services/query";

export const examIdSchema = z.object({ id: z.uuid() });

export type ExamView = {
  readonly exam: ExamLine;
  readonly journey: Journey;
  /** Names of the sources that told of it, by their id. */
  readonly sources: Readonly<Record<number, string>>;
};

/**
 * One exam with all that happened, without the patient and without any number of hers.
 * @throws AppError forbidden | bad_request | not_found
 */
export const readExam = query({
  permission: "exam.read",
  input: examIdSchema,
  disclosesPhi: async ({ id }, { reach }) => ({
    action: "R",
    entityType: "exam",
    entityId: id,
    patientRefs: await readExamPatients(id, reach),
  }),
  run: async ({ input, reach }): Promise<ExamView> => {
    const found = await readExamLine(input.id, reach);
    if (found === undefined) throw new AppError("not_found", "There is no such exam.");
    const { accession, ...exam } = found;
    const histories = await readExamNow(accession);
    const sources = await readSourceNames(histories.map(({ sourceId }) => sourceId));
    return { exam, journey: journeyOf(histories), sources };
  },
});
