import { namedVariable } from "@/lib/config/env";
import type { CliInput, CliOption } from "./command-spec";
import { UsageError } from "./command-spec";
import { pairOptions, textOption } from "./options";

/** The two ways to hand over a password: among the arguments it would stand in the shell's history and `ps`. */
export const passwordOptions = {
  "password-stdin": { kind: "flag", about: "read the password from standard input" },
  "password-env": { kind: "text", value: "<variable>", about: "or take it from this environment variable" },
} as const satisfies Readonly<Record<string, CliOption>>;

/** The same for the named secrets of a source. */
export const secretOptions = {
  "secret-stdin": { kind: "text", value: "<name>", about: "read this secret from standard input" },
  "secret-env": {
    kind: "text",
    value: "<name>=<variable>",
    about: "take a secret from an environment variable",
    isMany: true,
  },
} as const satisfies Readonly<Record<string, CliOption>>;

/** @throws UsageError when neither way is given, or both */
export async function readPassword(input: CliInput): Promise<string> {
  const variable = textOption(input, "password-env");
  if (input.flags.has("password-stdin") === (variable !== undefined)) {
    throw new UsageError("Give the password by --password-stdin or by --password-env.");
  }
  return variable === undefined ? readStandardInput() : variableNamed(variable);
}

/** Secrets by name. @throws UsageError when a variable is not set */
export async function readSecrets(input: CliInput): Promise<Readonly<Record<string, string>>> {
  const named = Object.entries(pairOptions(input, "secret-env")).map(
    ([name, variable]) => [name, variableNamed(variable)] as const,
  );
  const fromInput = textOption(input, "secret-stdin");
  const read = fromInput === undefined ? [] : [[fromInput, await readStandardInput()] as const];
  return Object.fromEntries([...named, ...read]);
}

function variableNamed(name: string): string {
  const text = namedVariable(name);
  if (text === undefined) throw new UsageError("The environment variable named for a secret is not set.");
  return text;
}

/** All of standard input without the line end that `echo` adds. */
export async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}
