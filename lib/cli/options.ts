import { parseInstant } from "@/lib/core/time/range";
import { type CliInput, UsageError } from "./command-spec";

/** The text of an option; undefined when it was left out. */
export function textOption(input: CliInput, name: string): string | undefined {
  return input.texts.get(name)?.at(-1);
}

/** The text of an option that must be given. @throws UsageError */
export function requiredOption(input: CliInput, name: string): string {
  const text = textOption(input, name);
  if (text === undefined) throw new UsageError(`--${name} is missing.`);
  return text;
}

/** A whole number from 0 on; undefined when it was left out. @throws UsageError */
export function numberOption(input: CliInput, name: string): number | undefined {
  const text = textOption(input, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} must be a whole number.`);
  return Number(text);
}

/** An instant with offset; undefined when it was left out. @throws UsageError */
export function instantOption(input: CliInput, name: string): Date | undefined {
  const text = textOption(input, name);
  if (text === undefined) return undefined;
  const at = parseInstant(text);
  if (at === undefined) throw new UsageError(`--${name} must be an instant like 2026-01-31T07:15:00Z.`);
  return at;
}

/** Options given as `name=value`, by name; the value may hold further equals signs. @throws UsageError */
export function pairOptions(input: CliInput, name: string): Readonly<Record<string, string>> {
  const pairs = (input.texts.get(name) ?? []).map((text) => {
    const split = text.indexOf("=");
    if (split < 1) throw new UsageError(`--${name} must be given as name=value.`);
    return [text.slice(0, split), text.slice(split + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

/** The only operand of a command that has one. */
export function onlyOperand(input: CliInput): string {
  const [operand] = input.operands;
  if (operand === undefined) throw new UsageError("A word is missing.");
  return operand;
}
