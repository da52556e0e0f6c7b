import type { LampState } from "../ui/lamp";

/** One stretch of a strip, usually an hour. Milliseconds since 1970. */
export type StripCell = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: LampState;
  /** What happened: "412 failed of 1,284", "silent". */
  readonly label: string;
};

/** Neighbouring cells that belong together: one link, one place to click. */
export type StripRun = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isAbnormal: boolean;
  readonly cells: readonly StripCell[];
};

/**
 * Splits a strip into calm and abnormal runs. Up to two calm cells between abnormal ones join them: it was probably one
 * incident, and links closer than 24 px cannot be hit apart (WCAG 2.5.8).
 */
export function stripRuns(cells: readonly StripCell[]): readonly StripRun[] {
  const isAbnormal = cells.map((_, i) => !isCalm(cells[i]) || isBridge(cells, i));
  const runs: StripRun[] = [];
  for (const [i, cell] of cells.entries()) {
    const last = runs.at(-1);
    if (last && last.isAbnormal === isAbnormal[i]) {
      runs[runs.length - 1] = { ...last, toMs: cell.toMs, cells: [...last.cells, cell] };
    } else {
      runs.push({ fromMs: cell.fromMs, toMs: cell.toMs, isAbnormal: isAbnormal[i] ?? false, cells: [cell] });
    }
  }
  return runs;
}

function isCalm(cell: StripCell | undefined): boolean {
  return cell === undefined || cell.state === "ok";
}

/** True for a calm cell in a calm stretch of at most two between abnormal cells. */
function isBridge(cells: readonly StripCell[], i: number): boolean {
  const before = cells.slice(0, i).findLastIndex((cell) => !isCalm(cell));
  const after = cells.findIndex((cell, at) => at > i && !isCalm(cell));
  return before !== -1 && after !== -1 && after - before - 1 <= 2;
}
