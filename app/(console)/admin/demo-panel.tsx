import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { readDemo } from "@/lib/services/demo/read-demo";
import type { PageTime } from "../page-time";
import { ActButton } from "./act-button";
import { beginDemo, endDemo } from "./actions";
import { AskButton } from "./ask-button";

type DemoPanelProps = { readonly actor: Actor; readonly time: Pick<PageTime, "now" | "zone"> };

/** The demo hospital of this database: start it, or remove it without a trace. */
export async function DemoPanel({ actor, time: { now, zone } }: DemoPanelProps) {
  const demo = await readDemo(actor, {});
  if (demo === undefined) {
    return (
      <Panel title="Demo hospital" hint="Only in a database without real sources.">
        <ActButton act={beginDemo} label="Start the demo hospital" busyLabel="Starting…" />
      </Panel>
    );
  }
  return (
    <Panel title="Demo hospital" hint="All of its data is made up.">
      <div className="flex flex-col items-start gap-3">
        <p>
          Started <Moment at={demo.startedAt} now={now} zone={zone} />. {phaseText(demo)}
        </p>
        {demo.phase === "removing" ? null : (
          <AskButton
            act={endDemo}
            label="Remove the demo hospital"
            busyLabel="Removing…"
            title="Remove the demo hospital"
          >
            <p>Its sources, interfaces, messages and figures are deleted. It can be started again.</p>
          </AskButton>
        )}
      </div>
    </Panel>
  );
}

function phaseText({ phase, progress }: NonNullable<Awaited<ReturnType<typeof readDemo>>>): string {
  switch (phase) {
    case "history":
      return `Its past is being made: ${Math.floor(progress * 100)} %.`;
    case "live":
      return "It is running.";
    case "removing":
      return "It is being removed.";
  }
}
