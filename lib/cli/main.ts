import { setProcessKind } from "@/lib/config/process-kind";
import { AppError } from "@/lib/core/errors";
import { commands } from "./command-list";
import { UsageError } from "./command-spec";
import { commandHelp, overviewHelp, usageLine } from "./help";
import { findCommand, parseLine } from "./parse-line";
import { printAnswer, printError, printLines } from "./print";

/** Runs one command and resolves with the exit code: 0 done, 1 refused or failed, 2 wrongly called. */
async function main(args: readonly string[]): Promise<number> {
  setProcessKind("cli");
  try {
    const line = parseLine(args, commands);
    switch (line.kind) {
      case "help": {
        const [only, ...others] = line.commands;
        await printLines(
          only !== undefined && others.length === 0 ? commandHelp(only) : overviewHelp(line.commands),
        );
        return 0;
      }
      case "run": {
        const answer = await line.command.run(line.input);
        await printAnswer(answer, line.asJson);
        await answer.afterwards?.();
        return answer.isFailure ? 1 : 0;
      }
    }
  } catch (error) {
    return explain(error, args);
  }
}

async function explain(error: unknown, args: readonly string[]): Promise<number> {
  if (error instanceof UsageError) {
    const command = findCommand(args, commands);
    const usage = command === undefined ? overviewHelp(commands) : [usageLine(command)];
    await printError([error.message, "", ...usage].join("\n"));
    return 2;
  }
  await printError(error instanceof AppError ? sentence(error) : unexpected(error));
  return 1;
}

/** The error's static sentence and the facts beside it: `… (fields: name, url)`. */
function sentence(error: AppError): string {
  const facts = Object.entries(error.info).map(([name, value]) => `${name}: ${value}`);
  return facts.length === 0 ? error.message : `${error.message} (${facts.join(", ")})`;
}

/** Messages of errors from elsewhere may hold data; their codes (ECONNREFUSED, ENOSPC, 42501) do not. */
function unexpected(error: unknown): string {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    if ("code" in current && /^[A-Z0-9_]+$/.test(String(current.code))) {
      return `Something went wrong that the command did not expect (${String(current.code)}).`;
    }
  }
  return "Something went wrong that the command did not expect.";
}

process.exit(await main(process.argv.slice(2)));
