import { AppError } from "@/lib/core/errors";
import { releaseHold } from "@/lib/services/backup/release-hold";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { takeBackup } from "@/lib/services/backup/take-backup";
import { verifyBackup } from "@/lib/services/backup/verify-backup";
import { type CliCommand, cliActor, UsageError } from "../command-spec";

export const backupCommands: readonly CliCommand[] = [
  {
    words: "backup",
    usage: "backup",
    summary: "Take an encrypted backup now.",
    run: async () => {
      const taken = await takeBackup(cliActor);
      return { json: taken, lines: [`${taken.rows} rows, ${taken.bytes} bytes: ${taken.file}`] };
    },
  },
  {
    words: "backup verify",
    usage: "backup verify [file]",
    summary: "Restore a backup into a scratch database and compare 100 random day totals.",
    run: async (input) => {
      const verified = await verifyBackup(cliActor, input.positionals[0]);
      if (verified.different > 0) {
        throw new AppError("conflict", "The backup differs from what was written down when it was taken.", {
          info: { different: verified.different, compared: verified.compared },
        });
      }
      return {
        json: verified,
        lines: [
          `${verified.compared} totals compared, ${verified.recounted} recounted, 0 different: ${verified.file}`,
        ],
      };
    },
  },
  {
    words: "restore",
    usage: "restore <file> --yes",
    summary: "Replace everything by a backup. What sends is held until `hold release`.",
    run: async (input) => {
      const file = input.positionals[0];
      if (file === undefined) throw new UsageError("Name the backup file.");
      if (input.options["yes"] !== true)
        throw new UsageError("This replaces everything: add --yes to go on.");
      const restored = await restoreBackup(cliActor, file);
      return { json: restored, lines: [`${restored.rows} rows restored. Everything that sends is held.`] };
    },
  },
  {
    words: "hold release",
    usage: "hold release --targets-read",
    summary: "Let what sends go on after a restore, once its targets were read again.",
    run: async (input) => {
      if (input.options["targets-read"] !== true) {
        throw new UsageError("Confirm with --targets-read that the targets were read again.");
      }
      await releaseHold(cliActor, { targetsRead: true });
      return { json: { released: true }, lines: ["What sends goes on."] };
    },
  },
];
