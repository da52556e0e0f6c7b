import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import { secondPersonTexts } from "@/lib/core/replay/second-person";
import type { ReplayView } from "@/lib/services/replays/read-replay";
import type { PageTime } from "../../page-time";

export type ReplayPanelInput = { readonly view: ReplayView; readonly time: Pick<PageTime, "now" | "zone"> };

/** What will be sent again, and what to know before. */
export function DryRunPanel({ view: { run, dryRun }, time: { now, zone } }: ReplayPanelInput) {
  const moment = (at: Date | undefined) =>
    at === undefined ? "none" : <Moment at={at} now={now} zone={zone} />;
  const state: PanelState =
    dryRun.unchecked === 0
      ? { kind: "ready" }
      : {
          kind: "partial",
          completeTo: "what the engine has answered so far",
          why: `It is still asked whether it keeps ${dryRun.unchecked} of these messages.`,
        };
  return (
    <Panel title="Before anything is sent" hint="Only what is chosen below counts here" state={state}>
      <KeyValueList
        items={[
          { key: "Messages", value: dryRun.messages },
          { key: "Distinct patients", value: dryRun.patients },
          { key: "Destinations", value: dryRun.destinations.join(", ") || "none" },
          { key: "Oldest", value: moment(dryRun.oldest) },
          { key: "Newest", value: moment(dryRun.newest) },
          { key: "Order matters for", value: orderText(dryRun.ordered) },
          { key: "Arrived by an earlier replay", value: dryRun.deliveredBefore },
          {
            key: "Pace",
            value: `${run.perMinute} a minute; stops after ${run.stopAfter} in a row that fail`,
          },
          { key: "Second person", value: secondPersonText(dryRun.takesTwo) },
          {
            key: "Content",
            value:
              "As the engine received it. The channel transforms it as it stands today, not as it stood then.",
          },
        ]}
      />
    </Panel>
  );
}

function orderText(ordered: number): string {
  if (ordered === 0) return "none: no two are of the same patient or order";
  return `${ordered} of the same patient or order: the oldest is sent first, and each waits for the one before`;
}

function secondPersonText(causes: ReplayView["dryRun"]["takesTwo"]): string {
  if (causes.length === 0) return "not needed";
  return `needed. ${causes.map((cause) => secondPersonTexts[cause]).join(" ")}`;
}
