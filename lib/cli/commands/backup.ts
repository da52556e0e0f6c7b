import { releaseHold } from "@/lib/services/backup/release-hold";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { takeBackup } from "@/lib/services/backup/take-backup";
import { verifyBackup } from "@/lib/services/backup/verify-backup";
import { type CliCommand, cliActor } from "../command-spec";
import { onlyOperand } from "../options";

export const backupCommands: readonly CliCommand[] = [
  {
    words: "backup",
    summary: "Take an encrypted backup now; the product goes on meanwhile.",
    run: async () => {
      const taken = await takeBackup(cliActor);
      return { json: taken, lines: [`${taken.rows} rows, ${taken.bytes} bytes: ${taken.file}`] };
    },
  },
  {
    words: "backup verify",
    summary: "Restore a backup into a scratch database and compare 100 random day totals.",
    operands: { usage: "[<file>]", least: 0, most: 1 },
    run: async (input) => {
      const verified = await verifyBackup(cliActor, input.operands[0]);
      const { compared, recounted, different, file } = verified;
      return {
        json: verified,
        lines: [`${compared} totals compared, ${recounted} recounted, ${different} different: ${file}`],
        isFailure: different > 0,
      };
    },
  },
  {
    words: "restore",
    summary: "Replace everything by a backup. What sends is held until `hold release`.",
    operands: { usage: "<file>", least: 1, most: 1 },
    options: {
      yes: {
        kind: "flag",
        refusal: "This replaces everything: add --yes to go on.",
        about: "what is there now is lost",
      },
    },
    run: async (input) => {
      const restored = await restoreBackup(cliActor, onlyOperand(input));
      return {
        json: restored,
        lines: [`${restored.rows} rows of ${restored.takenAt} restored. Everything that sends is held.`],
      };
    },
  },
  {
    words: "hold release",
    summary: "Let what sends go on after a restore.",
    options: {
      "targets-read": {
        kind: "flag",
        refusal: "Confirm with --targets-read that the targets were read again.",
        about: "you have read its targets again",
      },
    },
    run: async () => {
      await releaseHold(cliActor, { targetsRead: true });
      return { json: { released: true }, lines: ["What sends goes on."] };
    },
  },
];
