import { z } from "zod";
import type { PatientAccess } from "@/lib/core/disclosure/patient-access";
import type { TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { readOwnCoverageStart, readSourceCoverage, type SourceCoverage } from "@/lib/db/audit-coverage";
import { query } from "@/lib/services/query";
import { collectAccess, patientAskNote, patientAskSchema } from "./collect-access";

export type PatientAccessAnswer = {
  readonly rows: readonly PatientAccess[];
  /** True where more lines were found than are shown. */
  readonly isCut: boolean;
  readonly range: TimeRange;
};

/** Who came near the data of a patient. The question is itself a line of the trail. @throws AppError forbidden | bad_request */
export const findPatientAccess = query({
  permission: "patient-audit.read",
  input: patientAskSchema,
  disclosesPhi: (ask) => patientAskNote(ask),
  run: async ({ input }): Promise<PatientAccessAnswer> => ({
    ...(await collectAccess(input)),
    range: input.range,
  }),
});

export type AuditCoverage = {
  /** Since when our own trail names patients by reference. */
  readonly ownSince: Date | undefined;
  readonly sources: readonly SourceCoverage[];
};

/** What the answers rest on: which systems feed audit, since when, where they could not be seen. @throws AppError forbidden */
export const readCoverage = query({
  permission: "patient-audit.read",
  input: z.object({ range: timeRangeSchema }),
  disclosesPhi: false,
  run: async ({ input }): Promise<AuditCoverage> => {
    const [ownSince, sources] = await Promise.all([readOwnCoverageStart(), readSourceCoverage(input.range)]);
    return { ownSince, sources };
  },
});
