import { parseArgs } from "node:util";
import { AppError } from "@/lib/core/errors";
import { type CliCommand, UsageError } from "./command-spec";
import { backupCommands } from "./commands/backup";
import { metricCommands } from "./commands/metrics";
import { setupCommands } from "./commands/setup";
import { printAnswer, printError } from "./print";

const commands: readonly CliCommand[] = [...setupCommands, ...metricCommands, ...backupCommands];

const options = {
  json: { type: "boolean" },
  help: { type: "boolean" },
  yes: { type: "boolean" },
  "targets-read": { type: "boolean" },
  "password-stdin": { type: "boolean" },
  email: { type: "string" },
  name: { type: "string" },
  interface: { type: "string" },
  leg: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  bucket: { type: "string" },
} as const;

/** Runs one command and resolves with the exit code: 0 done, 1 refused or failed, 2 wrongly called. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help || positionals.length === 0) {
      process.stdout.write(`${help().join("\n")}\n`);
      return values.help ? 0 : 2;
    }
    const found = findCommand(positionals);
    const rest = positionals.slice(found.words.split(" ").length);
    printAnswer(await found.run({ positionals: rest, options: values }), values.json === true);
    return 0;
  } catch (error) {
    return explain(error);
  }
}

/** `backup verify` before `backup`: the longest words that fit win. */
function findCommand(words: readonly string[]): CliCommand {
  const line = `${words.join(" ")} `;
  const [found] = commands
    .filter((command) => line.startsWith(`${command.words} `))
    .toSorted((a, b) => b.words.length - a.words.length);
  if (found === undefined) throw new UsageError("There is no such command.");
  return found;
}

function explain(error: unknown): number {
  if (error instanceof AppError) {
    const facts = Object.entries(error.info).map(([name, value]) => `${name} ${value}`);
    printError([error.message, ...facts].join(" "));
    return 1;
  }
  // parseArgs throws TypeErrors that name the option, which is what a person needs.
  if (error instanceof UsageError || error instanceof TypeError) {
    printError(`${error.message}\n\n${help().join("\n")}`);
    return 2;
  }
  printError("Something went wrong that the command did not expect.");
  return 1;
}

function help(): readonly string[] {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return [
    "npm run signalbox -- <command> [--json]",
    "",
    ...commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
  ];
}

process.exit(await main(process.argv.slice(2)));
