import { z } from "zod";
import { addBackupRequest } from "@/lib/db/backup-request";
import { command } from "../command";

/**
 * Asks the worker for a backup now; it begins within seconds. Asking again while one is wished for or being taken
 * changes nothing. @throws AppError forbidden
 */
export const askForBackup = command({
  permission: "backup.write",
  input: z.object({}),
  run: ({ tx, now }) => addBackupRequest(tx, now),
  audit: () => ({ action: "C", entityType: "backup-request", entityId: "backup" }),
});
