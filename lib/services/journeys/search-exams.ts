import { z } from "zod";
import { namedRef, patientRef } from "@/lib/crypto/keyed-hash";
import { type ExamLine, findExams, readIssuers } from "@/lib/db/exam-read";
import { query } from "@/lib/services/query";

export type ExamSearch = {
  readonly rows: readonly ExamLine[];
  /** True where there are more than are shown. */
  readonly isCut: boolean;
  /** Issuers with which the text was looked for as an MRN. */
  readonly issuers: readonly string[];
};

const LIMIT = 100;

/**
 * Finds exams by accession or MRN. Either is looked for together with an issuer: the one that is given, else each that is
 * known. The text is compared whole.
 * @throws AppError forbidden | bad_request
 */
export const searchExams = query({
  permission: "exam.search",
  input: z.object({
    text: z.string().trim().min(1).max(64),
    issuer: z.string().trim().max(128).default(""),
  }),
  // What was looked for may be a patient's number: the trail keeps the reference it would give, never the text.
  disclosesPhi: async (input) => ({
    action: "R",
    entityType: "exam-search",
    entityId: "",
    detail: { issuer: input.issuer },
    patientRefs: patientsOf(input.text, await issuersFor("patient", input)).map((ref) => ref.toString("hex")),
  }),
  run: async ({ input, reach }): Promise<ExamSearch> => {
    const [accessionIssuers, issuers] = await Promise.all([
      issuersFor("accession", input),
      issuersFor("patient", input),
    ]);
    const namespaces = input.issuer === "" ? ["", ...accessionIssuers] : accessionIssuers;
    const found = await findExams({
      accessions: namespaces.map((namespace) => namedRef("accession", [namespace, input.text])),
      patients: patientsOf(input.text, issuers),
      limit: LIMIT + 1,
      reach,
    });
    return { rows: found.slice(0, LIMIT), isCut: found.length > LIMIT, issuers };
  },
});

/** Issuers that are known, for the search form. @throws AppError forbidden */
export const listExamIssuers = query({
  permission: "exam.search",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<readonly string[]> => {
    const all = await Promise.all([readIssuers("accession"), readIssuers("patient")]);
    return [...new Set(all.flat())].sort();
  },
});

async function issuersFor(
  what: "accession" | "patient",
  input: { readonly issuer: string },
): Promise<readonly string[]> {
  return input.issuer === "" ? readIssuers(what) : [input.issuer];
}

function patientsOf(value: string, issuers: readonly string[]): readonly Buffer[] {
  return issuers.map((assigningAuthority) => patientRef({ value, assigningAuthority }));
}
