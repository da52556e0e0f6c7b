import { erasePatient } from "@/lib/services/disclosure/erase-patient";
import { type CliCommand, cliActor } from "../command-spec";
import { requiredOption } from "../options";
import { readStandardInput } from "../secrets";

export const patientCommands: readonly CliCommand[] = [
  {
    words: "patient erase",
    summary:
      "Destroy the key under which the audit trail names a patient; the number comes from standard input.",
    options: {
      issuer: {
        kind: "text",
        value: "<authority>",
        about: "who gave out the number (CX.4)",
        isRequired: true,
      },
      reason: { kind: "text", value: "<words>", about: "why, without naming the patient", isRequired: true },
      yes: {
        kind: "flag",
        refusal: "This cannot be undone: add --yes to go on.",
        about: "it cannot be undone",
      },
    },
    run: async (input) => {
      const { keyId, facts } = await erasePatient(cliActor, {
        value: await readStandardInput(),
        assigningAuthority: requiredOption(input, "issuer"),
        reasonText: requiredOption(input, "reason"),
      });
      return {
        json: { keyId: keyId ?? null, facts },
        lines: [
          keyId === undefined
            ? "No line of the trail named this patient."
            : `Key ${keyId} is destroyed: nobody can tell any more which lines of the trail concern this patient.`,
          `Of exams ${facts} objects were deleted with their history.`,
          "Backups from before still hold it. After restoring one, erase the patient again.",
        ],
      };
    },
  },
];
