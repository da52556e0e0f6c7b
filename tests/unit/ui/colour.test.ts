import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ciede2000, contrast, difference, visions } from "./colour-science";

const css = readFileSync("app/globals.css", "utf8");
const tokens = new Map(
  [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);
const themes = ["light", "dark"] as const;
function colour(name: string, theme: (typeof themes)[number]): string {
  const pair = tokens.get(name);
  if (!pair) throw new Error(`no token --${name}`);
  return pair[theme];
}

const grounds = ["surface", "surface-raised", "surface-sunken", "surface-hover"];
const tints = ["accent-tint", "critical-tint", "warning-tint", "notice-tint", "unknown-tint"];
const series = [1, 2, 3, 4, 5, 6].map((n) => `series-${n}`);

describe("the yardsticks", () => {
  test("black on white has the contrast WCAG gives it", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
  });
  // Pairs 1, 7, 17 and 25 of the test data published with the CIEDE2000 formula.
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ] as const)("CIEDE2000 of %j and %j is %d", (a, b, expected) => {
    expect(ciede2000(a, b)).toBeCloseTo(expected, 4);
  });
});

describe.each(themes)("the %s theme", (theme) => {
  test.each([...grounds, ...tints])("text on %s has a contrast of 7 or more", (ground) => {
    expect(contrast(colour("text", theme), colour(ground, theme))).toBeGreaterThanOrEqual(7);
  });

  test.each([...grounds, ...tints])("muted text on %s has a contrast of 4.5 or more", (ground) => {
    expect(contrast(colour("text-muted", theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["critical", "warning", "notice", "ok", "unknown", "accent"])(
    "%s is readable as a word",
    (status) => {
      for (const ground of ["surface", "surface-raised", "surface-hover", "surface-sunken"]) {
        expect(contrast(colour(status, theme), colour(ground, theme)), ground).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(["critical", "warning", "notice", "unknown"])("%s is readable on its own tint", (status) => {
    expect(contrast(colour(status, theme), colour(`${status}-tint`, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test("words on an accent button have a contrast of 4.5 or more", () => {
    expect(contrast(colour("on-accent", theme), colour("accent", theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...series, "series-other", "line-strong", "warning-fill", "outcome-ok"])(
    "%s stands out from the page by 3 or more",
    (name) => {
      for (const ground of ["surface", "surface-raised"]) {
        expect(contrast(colour(name, theme), colour(ground, theme)), ground).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test.each(visions)("any two series differ by CIEDE2000 10 or more in %s vision", (vision) => {
    for (const [i, first] of series.entries()) {
      for (const second of series.slice(i + 1)) {
        const distance = difference({ a: colour(first, theme), b: colour(second, theme), vision });
        expect(distance, `${first} and ${second}`).toBeGreaterThanOrEqual(10);
      }
    }
  });

  test("each step of the heat ramp is farther from the page than the one before", () => {
    const steps = [1, 2, 3, 4, 5, 6].map((n) =>
      contrast(colour(`heat-${n}`, theme), colour("surface", theme)),
    );
    expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
  });
});
