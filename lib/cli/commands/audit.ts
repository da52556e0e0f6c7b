import { findingMeanings } from "@/lib/core/audit/finding";
import { exportTrail } from "@/lib/services/own-audit/export-trail";
import { rotateSigningKey } from "@/lib/services/own-audit/rotate-signing-key";
import { type TrailVerdict, verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { witnessNow } from "@/lib/services/own-audit/witness-head";
import { type CliCommand, type CliOption, cliActor } from "../command-spec";
import { instantOption, onlyOperand } from "../options";

const period = {
  from: { kind: "text", value: "<instant>", about: "only blocks that were sealed from then on" },
  to: { kind: "text", value: "<instant>", about: "only blocks that were sealed before" },
} as const satisfies Readonly<Record<string, CliOption>>;

export const auditCommands: readonly CliCommand[] = [
  {
    words: "audit verify",
    summary: "Check the audit trail against its signatures and against what was witnessed.",
    options: period,
    run: async (input) => {
      const verdict = await verifyTrail(cliActor, {
        from: instantOption(input, "from"),
        to: instantOption(input, "to"),
      });
      return { json: verdict, lines: verdictLines(verdict), isFailure: !verdict.ok };
    },
  },
  {
    words: "audit witness",
    summary: "Seal the audit trail and write its head to the witness file now.",
    run: async () => {
      const head = await witnessNow(cliActor, {});
      return {
        json: head ?? null,
        lines: [
          head === undefined
            ? "The head was witnessed before: nothing came since."
            : `Block ${head.number} witnessed: ${head.hash}`,
        ],
      };
    },
  },
  {
    words: "audit rotate-key",
    summary: "Make a new key that signs the audit trail; earlier ones go on checking what they signed.",
    run: async () => {
      const rotated = await rotateSigningKey(cliActor);
      return {
        json: rotated,
        lines: [
          `Key ${rotated.keyId} signs from now on. Write its id down, and keep a new copy of the file of signing keys.`,
        ],
      };
    },
  },
  {
    words: "audit export",
    summary: "Write the sealed audit trail to a file that can be checked without Signalbox.",
    operands: { usage: "<file>", least: 1, most: 1 },
    options: period,
    run: async (input) => {
      const exported = await exportTrail(cliActor, {
        file: onlyOperand(input),
        from: instantOption(input, "from"),
        to: instantOption(input, "to"),
      });
      const { file, rows, blocks, keyIds } = exported;
      return {
        json: exported,
        lines: [`${rows} rows in ${blocks} blocks: ${file}`, `Signed with ${keyIds.join(", ")}`],
      };
    },
  },
];

function verdictLines({
  rows,
  blocks,
  firstBad,
  findings,
  lastWitness,
  ...verdict
}: TrailVerdict): readonly string[] {
  const place = [
    ...(firstBad?.block === undefined ? [] : [`block ${firstBad.block}`]),
    ...(firstBad?.leafId === undefined ? [] : [`line ${firstBad.leafId}`]),
  ];
  return [
    `${rows} rows in ${blocks} blocks checked, ${verdict.signatures} signatures.`,
    lastWitness === undefined
      ? "Nothing was witnessed yet."
      : `Last witnessed: block ${lastWitness.number} at ${lastWitness.at.toISOString()}; ${verdict.rowsNotWitnessed} rows since.`,
    firstBad === undefined
      ? "The trail holds."
      : `The trail does not hold, ${findings} findings. First: ${[...place, findingMeanings[firstBad.kind]].join(": ")}`,
  ];
}
