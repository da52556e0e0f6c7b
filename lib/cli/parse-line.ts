import { type ParseArgsConfig, parseArgs } from "node:util";
import { type CliCommand, type CliInput, type CliOption, UsageError } from "./command-spec";

/** What a line asks for. */
export type CliLine =
  | { readonly kind: "run"; readonly command: CliCommand; readonly input: CliInput; readonly asJson: boolean }
  /** `commands`: the one command, the group or all that help is wanted for. */
  | { readonly kind: "help"; readonly commands: readonly CliCommand[] };

/** Reads the arguments against the commands there are. @throws UsageError, knowing the command where there is one */
export function parseLine(args: readonly string[], commands: readonly CliCommand[]): CliLine {
  const common = args.filter((arg) => arg === "--json" || arg === "--help");
  const rest = args.filter((arg) => arg !== "--json" && arg !== "--help");
  const wantsHelp = common.includes("--help");
  const command = findCommand(rest, commands);
  if (command === undefined) {
    const group = commands.filter(({ words }) => words.startsWith(`${rest[0]} `));
    if (wantsHelp) return { kind: "help", commands: group.length > 0 ? group : commands };
    throw new UsageError(rest.length === 0 ? "A command is missing." : "There is no such command.");
  }
  if (wantsHelp) return { kind: "help", commands: [command] };
  const input = readInput(command, rest.slice(command.words.split(" ").length));
  return { kind: "run", command, input, asJson: common.includes("--json") };
}

/** The command that the first words name; `backup verify` before `backup`: the longest that fits wins. */
export function findCommand(
  words: readonly string[],
  commands: readonly CliCommand[],
): CliCommand | undefined {
  const line = `${words.join(" ")} `;
  return commands
    .filter((command) => line.startsWith(`${command.words} `))
    .toSorted((a, b) => b.words.length - a.words.length)[0];
}

function readInput(command: CliCommand, args: readonly string[]): CliInput {
  const { values, positionals } = parsed(args, command);
  const entries = Object.entries(values);
  const input = {
    operands: positionals,
    flags: new Set(entries.flatMap(([name, value]) => (value === true ? [name] : []))),
    texts: new Map(
      entries.flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.map(String)]] : [])),
    ),
  };
  const { least, most } = command.operands ?? { least: 0, most: 0 };
  if (positionals.length < least) throw new UsageError(`${command.operands?.usage} is missing.`);
  if (positionals.length > most) throw new UsageError("There are more words than this command takes.");
  for (const [name, option] of Object.entries(command.options ?? {})) requireGiven(input, { name, option });
  return input;
}

function requireGiven(
  input: CliInput,
  { name, option }: { readonly name: string; readonly option: CliOption },
): void {
  switch (option.kind) {
    case "flag":
      if (option.refusal !== undefined && !input.flags.has(name)) throw new UsageError(option.refusal);
      return;
    case "text": {
      const isGiven = input.texts.get(name)?.some((text) => text !== "") ?? false;
      if (option.isRequired && !isGiven) throw new UsageError(`--${name} is missing.`);
    }
  }
}

function parsed(args: readonly string[], command: CliCommand) {
  const options = Object.fromEntries(
    Object.entries(command.options ?? {}).map(([name, { kind }]) => [
      name,
      kind === "flag" ? ({ type: "boolean" } as const) : ({ type: "string", multiple: true } as const),
    ]),
  ) satisfies ParseArgsConfig["options"];
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    // The first sentence names the option and never a value; the others explain `--`.
    if (cause instanceof TypeError) throw new UsageError(`${cause.message.split(". ")[0]}.`);
    throw cause;
  }
}
