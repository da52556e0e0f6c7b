import { z } from "zod";
import {
  actorWords,
  actWords,
  outcomeWords,
  type PatientAccess,
  reasonWords,
} from "@/lib/core/disclosure/patient-access";
import { csvText } from "@/lib/core/report/csv";
import { printWallText } from "@/lib/core/time/wall-text";
import { isZone } from "@/lib/core/time/zone";
import { query } from "@/lib/services/query";
import { collectAccess, patientAskNote, patientAskSchema } from "./collect-access";

/** For whom a list is written: `internal` with every id, `patient` in plain words without numbers of people or programs. */
export const accessForms = ["internal", "patient"] as const;
type AccessForm = (typeof accessForms)[number];

/** The same list as CSV. Neither form holds the patient's number. @throws AppError forbidden | bad_request */
export const patientAccessCsv = query({
  permission: "patient-audit.read",
  input: patientAskSchema.extend({ form: z.enum(accessForms), zone: z.string().refine(isZone) }),
  disclosesPhi: (ask) => patientAskNote(ask, { export: ask.form }),
  run: async ({ input }): Promise<string> => {
    const { rows } = await collectAccess(input);
    return writers[input.form](rows, input.zone);
  },
});

type Writer = (rows: readonly PatientAccess[], zone: string) => string;

const writers: Readonly<Record<AccessForm, Writer>> = {
  internal: (rows) =>
    csvText(
      ["at", "system", "actor_kind", "actor_id", "actor", "act", "object", "reason", "outcome"],
      rows.map((row) => [
        row.at,
        row.system,
        row.actorKind,
        row.actorId,
        row.actorName,
        row.act,
        row.entityId,
        row.reason,
        row.outcome,
      ]),
    ),
  patient: (rows, zone) =>
    csvText(
      [`When (${zone})`, "Who", "What was done", "Why", "Result", "In which system"],
      rows.map((row) => [
        printWallText({ at: row.at, zone }).replace("T", " "),
        actorWords(row),
        actWords(row),
        reasonWords(row) ?? "No reason was asked for",
        outcomeWords(row),
        row.system,
      ]),
    ),
};
