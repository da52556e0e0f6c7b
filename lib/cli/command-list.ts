import type { CliCommand } from "./command-spec";
import { auditCommands } from "./commands/audit";
import { backupCommands } from "./commands/backup";
import { databaseCommands } from "./commands/database";
import { deadLetterCommands } from "./commands/dead-letters";
import { demoCommands } from "./commands/demo";
import { keyCommands } from "./commands/keys";
import { metricCommands } from "./commands/metrics";
import { patientCommands } from "./commands/patients";
import { setupCommands } from "./commands/setup";
import { sourceCommands } from "./commands/sources";
import { tokenCommands } from "./commands/tokens";
import { userCommands } from "./commands/users";

/** Every command, in the order in which help shows them. */
export const commands: readonly CliCommand[] = [
  ...setupCommands,
  ...userCommands,
  ...sourceCommands,
  ...tokenCommands,
  ...metricCommands,
  ...deadLetterCommands,
  ...demoCommands,
  ...auditCommands,
  ...patientCommands,
  ...backupCommands,
  ...keyCommands,
  ...databaseCommands,
];
