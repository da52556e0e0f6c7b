import type { Actor } from "@/lib/core/authz/actor";
import type { Answer } from "./print";

/** One option of a command, as `--help` shows it. */
export type CliOption =
  | {
      readonly kind: "flag";
      readonly about: string;
      /** What is said where it is not given; such a flag is a confirmation that must be. */
      readonly refusal?: string;
    }
  | {
      readonly kind: "text";
      /** What stands for the value in the usage: `<address>`. */
      readonly value: string;
      readonly about: string;
      readonly isRequired?: true;
      /** May be given more than once. */
      readonly isMany?: true;
    };

/** One command of the command line. */
export type CliCommand = {
  /** Words that call it: `backup verify`. */
  readonly words: string;
  readonly summary: string;
  /** What follows the words without a name, and how many of it. */
  readonly operands?: { readonly usage: string; readonly least: number; readonly most: number };
  readonly options?: Readonly<Record<string, CliOption>>;
  readonly run: (input: CliInput) => Promise<Answer>;
};

/** What a command was given on its line; required options and the number of operands are checked. */
export type CliInput = {
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, readonly string[]>;
};

/** The person at the server's command line; what she does is audited under this name. */
export const cliActor: Actor = { kind: "system", name: "cli" };

/** The words or options were wrong: said with the usage, exit code 2. Never repeats a value: it may be a secret. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
