import type { CliCommand, CliOption } from "./command-spec";

const program = "npm run signalbox --";

/** Every command in one line. */
export function overviewHelp(commands: readonly CliCommand[]): readonly string[] {
  return [
    `${program} <command> [--json]`,
    "",
    ...columns(commands.map(({ words, summary }) => [words, summary])),
    "",
    "--json prints one JSON document on standard output and nothing else.",
    "<command> --help explains one command.",
    "Exit code: 0 done, 1 refused or failed, 2 wrongly called.",
  ];
}

/** One command with its options. */
export function commandHelp(command: CliCommand): readonly string[] {
  const options = Object.entries(command.options ?? {});
  return [
    usageLine(command),
    "",
    command.summary,
    ...(options.length === 0
      ? []
      : ["", ...columns(options.map(([name, option]) => [spelled(name, option), option.about]))]),
  ];
}

/** `npm run signalbox -- restore <file> --yes`, optional parts in brackets. */
export function usageLine({ words, operands, options = {} }: CliCommand): string {
  const parts = Object.entries(options).map(([name, option]) => {
    const text = spelled(name, option);
    const isRequired = option.kind === "flag" ? option.refusal !== undefined : option.isRequired;
    return `${isRequired ? text : `[${text}]`}${option.kind === "text" && option.isMany ? "…" : ""}`;
  });
  return [program, words, ...(operands === undefined ? [] : [operands.usage]), ...parts, "[--json]"].join(
    " ",
  );
}

function spelled(name: string, option: CliOption): string {
  return option.kind === "flag" ? `--${name}` : `--${name} ${option.value}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
