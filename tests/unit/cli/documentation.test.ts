import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "@/lib/cli/command-list";

let page = "";

beforeAll(async () => {
  page = await readFile("docs/command-line.md", "utf8");
});

/** The part of the page about one command: from its heading to the next. */
function sectionOf(words: string): string {
  return page.split(/^#+ /m).find((section) => section.startsWith(`\`${words}\``)) ?? "";
}

describe("the page about the command line", () => {
  test.each(commands.map(({ words, options = {} }) => ({ words, options: Object.keys(options) })))(
    "explains $words with all of its options",
    ({ words, options }) => {
      const section = sectionOf(words);
      expect(section).not.toBe("");
      const missing = options.filter((name) => !section.includes(`--${name}`));
      expect(missing).toEqual([]);
    },
  );

  test("explains no command that there is not", () => {
    const explained = [...page.matchAll(/^### `([^`]+)`/gm)].map(([, words]) => words);
    expect(explained.toSorted()).toEqual(commands.map(({ words }) => words).toSorted());
  });
});
