import { createSource } from "@/lib/services/sources/create-source";
import { listSourceKinds } from "@/lib/services/sources/list-source-kinds";
import { listSources } from "@/lib/services/sources/list-sources";
import { pauseSource } from "@/lib/services/sources/pause-source";
import { removeSource } from "@/lib/services/sources/remove-source";
import { resumeSource } from "@/lib/services/sources/resume-source";
import { testSource } from "@/lib/services/sources/test-source";
import { type CliCommand, type CliInput, cliActor } from "../command-spec";
import { findSource } from "../find-source";
import { onlyOperand, pairOptions, requiredOption } from "../options";
import { tableLines } from "../print";
import { readSecrets, secretOptions } from "../secrets";

const oneSource = { usage: "<name or number>", least: 1, most: 1 } as const;

export const sourceCommands: readonly CliCommand[] = [
  {
    words: "source kinds",
    summary: "What can be connected, with the settings and secrets that each kind takes.",
    run: async () => {
      const kinds = await listSourceKinds(cliActor, {});
      const rows = kinds.flatMap(({ kind, fields, secrets }) => [
        ...fields.map((field) => ({
          kind,
          as: "--set",
          name: field.name,
          required: field.isRequired,
          default: field.value,
          about: field.title,
        })),
        ...secrets.map((secret) => ({
          kind,
          as: "--secret-…",
          name: secret.name,
          required: secret.required,
          default: "",
          about: secret.title,
        })),
      ]);
      return { json: kinds, lines: tableLines(rows) };
    },
  },
  {
    words: "source add",
    summary: "Connect an engine or a feed. `source kinds` names what each kind takes.",
    options: {
      kind: { kind: "text", value: "<kind>", about: "mirth, push, …", isRequired: true },
      name: { kind: "text", value: "<name>", about: "name to show", isRequired: true },
      set: { kind: "text", value: "<setting>=<value>", about: "a setting of this kind", isMany: true },
      ...secretOptions,
    },
    run: async (input) => {
      const added = await createSource(cliActor, {
        kind: requiredOption(input, "kind"),
        name: requiredOption(input, "name"),
        config: pairOptions(input, "set"),
        secrets: await readSecrets(input),
      });
      return { json: added, lines: [`Source ${added.id} is there.`] };
    },
  },
  { words: "source list", summary: "Every source with its health.", run: listAll },
  {
    words: "source test",
    summary: "Connect to a source once and say what was found. Exit code 1 when it was not reached.",
    operands: oneSource,
    run: async (input) => {
      const { id } = await findSource(onlyOperand(input));
      const report = await testSource(cliActor, { id });
      const warnings = report.warnings.map(({ severity, text }) => `${severity}: ${text}`);
      return { json: report, lines: [report.diagnosis, ...warnings], isFailure: !report.ok };
    },
  },
  {
    words: "source pause",
    summary: "Stop reading a source; a feed that pushes is told to keep what it has.",
    operands: oneSource,
    run: (input) => change(input, { by: pauseSource, isPaused: true }),
  },
  {
    words: "source resume",
    summary: "Go on reading a source from where it stopped.",
    operands: oneSource,
    run: (input) => change(input, { by: resumeSource, isPaused: false }),
  },
  {
    words: "source remove",
    summary: "Remove a source and its secrets. What was read stays until its retention ends.",
    operands: oneSource,
    options: {
      yes: {
        kind: "flag",
        refusal: "This cannot be undone: add --yes to go on.",
        about: "it cannot be undone",
      },
    },
    run: async (input) => {
      const { id, name } = await findSource(onlyOperand(input));
      await removeSource(cliActor, { id, confirmName: name });
      return { json: { id, name }, lines: [`Source ${id} is removed.`] };
    },
  },
];

async function listAll() {
  const sources = await listSources(cliActor, {});
  const rows = sources.map((source) => ({
    number: source.id,
    kind: source.kindTitle,
    name: source.name,
    state: source.state,
    "last success": source.lastSuccessAt,
    waiting: source.backlog,
    "dead letters": source.openDeadLetters,
  }));
  return { json: sources, lines: tableLines(rows) };
}

async function change(input: CliInput, how: { readonly by: typeof pauseSource; readonly isPaused: boolean }) {
  const { id, name } = await findSource(onlyOperand(input));
  await how.by(cliActor, { id });
  return {
    json: { id, name, isPaused: how.isPaused },
    lines: [`Source ${id} is ${how.isPaused ? "paused" : "read again"}.`],
  };
}
