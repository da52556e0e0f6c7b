import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "./cpu-time";
import { hostileText, largeTexts } from "./hostile-text";
import { PARSE_LIMIT_MS, parsers } from "./parsers";

/** Five times what a parser may take, of processor time: machines differ, and others work on them. */
const LIMIT_MS = 5 * PARSE_LIMIT_MS;
/** A share of what `npm run prove -- fuzz` tries. */
const RUNS = 1_000;

describe.each(Object.entries(parsers))("%s", (_, parse) => {
  test(`survives ${RUNS} hostile texts`, { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        parse(text);
      }),
      { numRuns: RUNS },
    );
  });
});

describe.each(Object.entries(largeTexts))("%s", (_, text) => {
  test.each(Object.entries(parsers))(
    "is read or refused in time as %s",
    { timeout: 60_000 },
    (_name, parse) => {
      expect(cpuMs(() => parse(text))).toBeLessThan(LIMIT_MS);
    },
  );
});

test("reading hostile names changes no prototype", () => {
  const text = '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]';
  for (const parse of Object.values(parsers)) parse(text);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
