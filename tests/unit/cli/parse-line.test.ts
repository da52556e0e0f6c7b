import { describe, expect, test } from "vitest";
import { type CliCommand, UsageError } from "@/lib/cli/command-spec";
import { commandHelp, overviewHelp, usageLine } from "@/lib/cli/help";
import { needsDatabase } from "@/lib/cli/needs-database";
import { type CliLine, parseLine } from "@/lib/cli/parse-line";

const run = async () => ({ json: null, lines: [] });
const commands: readonly CliCommand[] = [
  { words: "backup", summary: "Take one.", run },
  { words: "backup verify", summary: "Check one.", operands: { usage: "[<file>]", least: 0, most: 1 }, run },
  {
    words: "restore",
    summary: "Go back.",
    operands: { usage: "<file>", least: 1, most: 1 },
    options: { yes: { kind: "flag", about: "what is there is lost", refusal: "Add --yes to go on." } },
    run,
  },
  {
    words: "source add",
    summary: "Add one.",
    options: {
      name: { kind: "text", value: "<name>", about: "to show", isRequired: true },
      set: { kind: "text", value: "<setting>=<value>", about: "a setting", isMany: true },
      quiet: { kind: "flag", about: "say nothing" },
    },
    run,
  },
];

function parsed(...words: readonly string[]): CliLine {
  return parseLine(words, commands);
}

function refusal(...words: readonly string[]): string {
  try {
    parsed(...words);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "not refused";
}

describe("a command line", () => {
  test("means the command with the longest words that fit", () => {
    expect(parsed("backup")).toMatchObject({ kind: "run", command: { words: "backup" } });
    expect(parsed("backup", "verify", "a.file")).toMatchObject({
      command: { words: "backup verify" },
      input: { operands: ["a.file"] },
    });
  });

  test("takes --json anywhere", () => {
    expect(parsed("--json", "backup")).toMatchObject({ asJson: true });
    expect(parsed("restore", "--json", "file", "--yes")).toMatchObject({
      asJson: true,
      input: { operands: ["file"] },
    });
    expect(parsed("backup")).toMatchObject({ asJson: false });
  });

  test("gives options once, many times, as flags, and with equals signs inside", () => {
    const line = parsed("source", "add", "--name", "A b", "--set", "a=1", "--set=b=2=3", "--quiet");
    expect(line).toMatchObject({
      input: {
        operands: [],
        flags: new Set(["quiet"]),
        texts: new Map([
          ["name", ["A b"]],
          ["set", ["a=1", "b=2=3"]],
        ]),
      },
    });
  });

  test.each([
    { words: [], says: "A command is missing." },
    { words: ["frobnicate"], says: "There is no such command." },
    { words: ["source"], says: "There is no such command." },
    { words: ["backups"], says: "There is no such command." },
    { words: ["restore", "--yes"], says: "<file> is missing." },
    { words: ["restore", "file"], says: "Add --yes to go on." },
    { words: ["restore", "one", "two", "--yes"], says: "There are more words than this command takes." },
    { words: ["source", "add"], says: "--name is missing." },
    { words: ["source", "add", "--name", ""], says: "--name is missing." },
    { words: ["backup", "--password=hunter2"], says: "Unknown option '--password'." },
    {
      words: ["source", "add", "--name=x", "--quiet=hunter2"],
      says: "Option '--quiet' does not take an argument.",
    },
  ])("is refused without repeating a value: $words", ({ words, says }) => {
    expect(refusal(...words)).toBe(says);
  });
});

describe("help", () => {
  test("is for everything, for a group, or for one command", () => {
    expect(parsed("--help")).toEqual({ kind: "help", commands });
    expect(parsed("source", "--help")).toEqual({ kind: "help", commands: [commands[3]] });
    expect(parsed("restore", "--help")).toEqual({ kind: "help", commands: [commands[2]] });
  });

  test("shows what must be given without brackets", () => {
    const [backup, , restore, add] = commands;
    expect([backup, restore, add].map((command) => command && usageLine(command))).toEqual([
      "npm run signalbox -- backup [--json]",
      "npm run signalbox -- restore <file> --yes [--json]",
      "npm run signalbox -- source add --name <name> [--set <setting>=<value>]… [--quiet] [--json]",
    ]);
    expect(commands.map((command) => commandHelp(command)[2])).toEqual(
      commands.map(({ summary }) => summary),
    );
  });

  test("names every command", () => {
    const text = overviewHelp(commands).join("\n");
    for (const { words, summary } of commands) expect(text).toMatch(new RegExp(`${words} +${summary}`));
  });
});

describe("the database", () => {
  test.each([
    { words: [], needed: false },
    { words: ["--help"], needed: false },
    { words: ["backup", "--help"], needed: false },
    { words: ["db", "roles", "--json"], needed: false },
    { words: ["--json", "db", "roles"], needed: false },
    { words: ["demo", "engine", "--port", "8080"], needed: false },
    { words: ["demo", "start"], needed: true },
    { words: ["health", "--json"], needed: true },
  ])("is needed: $needed for $words", ({ words, needed }) => {
    expect(needsDatabase(words)).toBe(needed);
  });
});
