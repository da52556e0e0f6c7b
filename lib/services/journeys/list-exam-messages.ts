import { currentFact } from "@/lib/core/clinical/fold-versions";
import { searchDeliveries } from "@/lib/db/delivery-search";
import { readExamNow } from "@/lib/db/exam-facts";
import { readExamLine } from "@/lib/db/exam-read";
import { type MessageRow, nameLegs } from "@/lib/services/messages/name-legs";
import { query } from "@/lib/services/query";
import { examIdSchema } from "./read-exam";

const LIMIT = 50;

/**
 * Deliveries that carry the accession of an exam, newest first, of the interfaces within reach. Deliveries name no issuer,
 * so another exam of the same number may be among them. Without content; reading the exam is noted already.
 * @throws AppError forbidden | bad_request
 */
export const listExamMessages = query({
  permission: "message.read",
  input: examIdSchema,
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<readonly MessageRow[]> => {
    const exam = await readExamLine(input.id, reach);
    if (exam === undefined) return [];
    const text = (await readExamNow(exam.accession))
      .map(({ facts }) => currentFact(facts).accession?.value)
      .find((value) => value !== undefined);
    if (text === undefined) return [];
    const found = await searchDeliveries({ text, patientRefs: [], limit: LIMIT, reach });
    return nameLegs(
      found.filter(({ foundIn }) => foundIn === "accession"),
      reach,
    );
  },
});
