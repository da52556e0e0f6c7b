import type { Actor } from "@/lib/core/authz/actor";
import type { Answer } from "./print";

/** What a command was given on its line. */
export type CliInput = {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

/** One command of the command line. */
export type CliCommand = {
  /** Words that call it: `backup verify`. */
  readonly words: string;
  readonly usage: string;
  readonly summary: string;
  readonly run: (input: CliInput) => Promise<Answer>;
};

/** The person at the server's command line; what she does is audited under this name. */
export const cliActor: Actor = { kind: "system", name: "cli" };

/** The words or options were wrong: said with the usage, exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** A text option that must be given. @throws UsageError */
export function requiredOption(input: CliInput, name: string): string {
  const value = input.options[name];
  if (typeof value !== "string" || value === "") throw new UsageError(`--${name} is missing.`);
  return value;
}

/** A text option that may be left out. */
export function optionalOption(input: CliInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
