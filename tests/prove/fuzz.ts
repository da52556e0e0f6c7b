import fc from "fast-check";
import { cpuMs } from "@/tests/unit/hostile/cpu-time";
import { hostileText, largeTexts } from "@/tests/unit/hostile/hostile-text";
import { PARSE_LIMIT_MS, parsers } from "@/tests/unit/hostile/parsers";

export type FuzzVerdict = {
  readonly seed: number;
  readonly limitMs: number;
  readonly parsers: readonly ParserVerdict[];
  readonly isProven: boolean;
};

type ParserVerdict = {
  readonly parser: string;
  readonly cases: number;
  /** The seed and path with which fast-check comes to the text that was not survived; undefined when all were. */
  readonly failure: string | undefined;
  /** Most processor time that one text took, and which it was. */
  readonly worstMs: number;
  readonly slowest: string;
};

/**
 * Gives every parser `n` hostile texts at random and each of the very large ones. Proven when none broke one and none took
 * five times the limit of processor time.
 */
export async function proveFuzz(ask: {
  readonly n: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<FuzzVerdict> {
  const verdicts: ParserVerdict[] = [];
  for (const [parser, parse] of Object.entries(parsers)) {
    ask.signal?.throwIfAborted();
    const verdict = fuzzOne({ parser, parse, n: ask.n, seed: ask.seed });
    const end = verdict.failure === undefined ? "survived" : "BROKEN";
    ask.say(`${parser}: ${verdict.cases} texts, ${end}, ${verdict.worstMs} ms for ${verdict.slowest}`);
    verdicts.push(verdict);
  }
  const isProven = verdicts.every(
    ({ failure, worstMs }) => failure === undefined && worstMs < 5 * PARSE_LIMIT_MS,
  );
  return { seed: ask.seed, limitMs: PARSE_LIMIT_MS, parsers: verdicts, isProven };
}

function fuzzOne(ask: {
  readonly parser: string;
  readonly parse: (text: string) => unknown;
  readonly n: number;
  readonly seed: number;
}): ParserVerdict {
  const { parser, parse, n, seed } = ask;
  const worst = { ms: 0, of: "a random text" };
  const note = (ms: number, of: string) => {
    if (ms > worst.ms) Object.assign(worst, { ms, of });
  };
  const random = fc.check(
    fc.property(hostileText, (text) => {
      note(
        cpuMs(() => parse(text)),
        "a random text",
      );
    }),
    { numRuns: n, seed },
  );
  let failure = random.failed ? `seed ${random.seed}, path ${random.counterexamplePath}` : undefined;
  for (const [name, text] of Object.entries(largeTexts)) {
    try {
      note(
        cpuMs(() => parse(text)),
        name,
      );
    } catch {
      failure = name;
    }
  }
  const cases = random.numRuns + Object.keys(largeTexts).length;
  return { parser, cases, failure, worstMs: Math.round(worst.ms), slowest: worst.of };
}
