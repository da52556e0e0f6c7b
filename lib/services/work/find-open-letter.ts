import type { Reach } from "@/lib/core/authz/policy";
import { namedPatients } from "@/lib/core/dead-letter/named-patients";
import { deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { openLetter } from "@/lib/services/dead-letters/open-letter";
import type { FoundItem } from "./found-item";

/** A dead letter that is still open, by its number. @throws AppError not_found | conflict */
export async function findOpenLetter(id: string, reach: Reach): Promise<FoundItem> {
  if (!deadLetterRefSchema.safeParse({ id }).success) {
    throw new AppError("not_found", "There is no such dead letter.");
  }
  const { letter, payload } = await openLetter(id, reach);
  if (letter.state !== "open") throw new AppError("conflict", "This dead letter is settled already.");
  const patientRefs = namedPatients(payload).map((one) => patientRef(one).toString("hex"));
  return { sourceId: letter.sourceId, interfaceId: undefined, patientRefs };
}
