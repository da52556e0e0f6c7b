import type { Reach } from "@/lib/core/authz/policy";
import { printPlace } from "@/lib/core/message/delivery-place";
import { isTaken, judgeCandidate, type Verdict } from "@/lib/core/replay/judge-candidate";
import { readCandidates } from "@/lib/db/replay-candidates";
import type { ReplayItem } from "@/lib/db/replay-items";
import { isSwitchedOn } from "./replay-switch";

export type JudgedItem = ReplayItem & { readonly judged: Verdict; readonly isTaken: boolean };

/** Each message of a draft with whether it would be sent as things stand. One that is gone is refused. */
export async function judgeItems(
  run: { readonly id: string; readonly sourceId: number },
  items: readonly ReplayItem[],
  reach: Reach,
): Promise<readonly JudgedItem[]> {
  const [found, isOn] = await Promise.all([
    readCandidates({ places: items, exceptRun: run.id, reach }),
    isSwitchedOn(run.sourceId),
  ]);
  const byPlace = new Map(found.map((row) => [printPlace(row), row]));
  return items.map((item): JudgedItem => {
    const row = byPlace.get(printPlace(item));
    const judged: Verdict =
      row === undefined
        ? { kind: "refused", refusals: ["content_gone"] }
        : judgeCandidate({
            ...row,
            // Read from the engine itself where it was asked: lists know only the first texts of a storm.
            reason: item.readReason ?? row.reason ?? undefined,
            isSwitchedOn: isOn,
            isContentKept: item.content === null ? undefined : item.content !== "gone",
          });
    return { ...item, judged, isTaken: isTaken(judged, item.tickReason ?? undefined) };
  });
}

/** Why it is not chosen by itself. */
export function causesOf(verdict: Verdict) {
  switch (verdict.kind) {
    case "chosen":
      return [];
    case "cautious":
      return verdict.cautions;
    case "refused":
      return verdict.refusals;
  }
}
