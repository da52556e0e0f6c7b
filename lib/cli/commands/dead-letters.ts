import type { DeadLetter } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { discardDeadLetter } from "@/lib/services/dead-letters/discard-dead-letter";
import { listDeadLetters } from "@/lib/services/dead-letters/list-dead-letters";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { type CliCommand, type CliInput, type CliOption, cliActor, UsageError } from "../command-spec";
import { findSource } from "../find-source";
import { numberOption, onlyOperand, requiredOption, textOption } from "../options";
import { tableLines } from "../print";

const filters = {
  source: { kind: "text", value: "<name or number>", about: "only of this source" },
  reason: { kind: "text", value: "<reason>", about: "only with this reason: unknown_shape, conflict, …" },
} as const satisfies Readonly<Record<string, CliOption>>;

const largestPage = 500;

export const deadLetterCommands: readonly CliCommand[] = [
  {
    words: "dead-letters list",
    summary: "What arrived and could not be stored, last seen first; never its content.",
    options: {
      ...filters,
      state: { kind: "text", value: "<state>", about: "open (by default), resolved or discarded" },
      limit: { kind: "text", value: "<number>", about: "how many at most, up to 500; 50 by default" },
    },
    run: async (input) => {
      const letters = await listDeadLetters(cliActor, {
        ...(await filterOf(input)),
        state: textOption(input, "state"),
        limit: numberOption(input, "limit"),
      });
      const rows = letters.map((letter) => ({
        id: letter.id,
        source: letter.sourceName,
        reason: letter.reason,
        detail: letter.detail,
        attempts: letter.attempts,
        "last seen": letter.lastSeen,
      }));
      return { json: letters, lines: tableLines(rows) };
    },
  },
  {
    words: "dead-letters retry",
    summary: "Read dead letters again and store what they say. Exit code 1 when one stays open.",
    operands: { usage: "[<id>…]", least: 0, most: 1_000 },
    options: { all: { kind: "flag", about: "every open one, within the filters below" }, ...filters },
    run: async (input) => {
      if (input.flags.has("all") === input.operands.length > 0)
        throw new UsageError("Name ids, or give --all.");
      const ids = input.flags.has("all") ? await openIds(input) : input.operands;
      const results: Retried[] = [];
      for (const id of ids) results.push(await retry(id));
      return {
        json: results,
        lines: tableLines(results),
        isFailure: results.some(({ state }) => state !== "resolved"),
      };
    },
  },
  {
    words: "dead-letters discard",
    summary: "Take a dead letter out of the open ones for good; it stays readable.",
    operands: { usage: "<id>", least: 1, most: 1 },
    options: {
      because: { kind: "text", value: "<reason>", about: "why, for the audit trail", isRequired: true },
    },
    run: async (input) => {
      const discarded = await discardDeadLetter(cliActor, {
        id: onlyOperand(input),
        because: requiredOption(input, "because"),
      });
      return { json: discarded, lines: [`Dead letter ${discarded.id} is discarded.`] };
    },
  },
];

type Retried = { readonly id: string; readonly state: string; readonly result: string };

async function retry(id: string): Promise<Retried> {
  try {
    const { state, result } = await retryDeadLetter(cliActor, { id });
    return { id, state, result };
  } catch (error) {
    // One that is gone or settled must not keep the others from their turn.
    if (error instanceof AppError) return { id, state: "refused", result: error.message };
    throw error;
  }
}

/** Ids first, then retries: a letter that comes back keeps its id and would be met again. */
async function openIds(input: CliInput): Promise<readonly string[]> {
  const filter = await filterOf(input);
  const ids: string[] = [];
  let page: readonly DeadLetter[] = [];
  do {
    const last = page.at(-1);
    const after = last === undefined ? undefined : { lastSeen: last.lastSeen, id: last.id };
    page = await listDeadLetters(cliActor, { ...filter, after, limit: largestPage });
    ids.push(...page.map(({ id }) => id));
  } while (page.length === largestPage);
  return ids;
}

async function filterOf(input: CliInput) {
  const source = textOption(input, "source");
  return {
    reason: textOption(input, "reason"),
    sourceId: source === undefined ? undefined : (await findSource(source)).id,
  };
}
