import { auditActionTitles } from "@/components/audit/audit-outcome";
import { LeafOutcomeWord } from "@/components/audit/leaf-outcome";
import { CopyableId } from "@/components/ui/copyable-id";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { findingMeanings } from "@/lib/core/audit/finding";
import type { TrailLine } from "@/lib/services/own-audit/read-trail-line";
import type { PageTime } from "../../page-time";
import { actorText } from "./trail-table";

type LineDetailProps = { readonly line: TrailLine; readonly time: Pick<PageTime, "now" | "zone"> };

/** One line whole, and whether it is what was sealed. */
export function LineDetail({ line: { leaf, actorName, sealed }, time: { now, zone } }: LineDetailProps) {
  const details = Object.entries(leaf.detail);
  return (
    <div className="flex flex-col gap-4">
      <KeyValueList
        items={[
          { key: "When", value: <Moment at={leaf.at} now={now} zone={zone} withSeconds /> },
          { key: "Who", value: actorText({ ...leaf, actorName }) },
          { key: "Account or system", value: <CopyableId value={leaf.actorId} kind="account" /> },
          { key: "Action", value: auditActionTitles[leaf.action] },
          { key: "By right", value: leaf.permission },
          { key: "Object", value: leaf.entityType },
          { key: "Object's id", value: leaf.entityId === "" ? "—" : leaf.entityId },
          { key: "Outcome", value: <LeafOutcomeWord outcome={leaf.outcome} /> },
          { key: "Request", value: <CopyableId value={leaf.requestId} kind="request" /> },
        ]}
      />
      {details.length === 0 ? null : (
        <section>
          <h3 className="mb-1 font-medium">Details</h3>
          <KeyValueList
            items={details.map(([key, value]) => ({
              key,
              value: <span className="font-mono text-12 break-all">{printed(value)}</span>,
            }))}
          />
        </section>
      )}
      <section>
        <h3 className="mb-1 font-medium">Proof</h3>
        <Proof sealed={sealed} />
        {sealed ? (
          <p className="mt-1 text-12 text-muted">
            Sealed <Moment at={sealed.at} now={now} zone={zone} withSeconds />. Whether the block is the one
            that was witnessed is for “Verify” to say.
          </p>
        ) : null}
      </section>
    </div>
  );
}

function Proof({ sealed }: Pick<TrailLine, "sealed">) {
  if (sealed === undefined) {
    return <StatusWord state="notice">Waits to be sealed, which takes about a second</StatusWord>;
  }
  const { proof, block, position } = sealed;
  if (proof.kind === "broken") {
    return <StatusWord state="critical">{findingMeanings[proof.finding]}</StatusWord>;
  }
  return (
    <StatusWord state="ok">
      {`Proven: line ${position + 1} of block ${block}, ${stepsText(proof.pathLength)} its signed root`}
    </StatusWord>
  );
}

function stepsText(hashes: number): string {
  return hashes === 1 ? "one hash up to" : `${hashes} hashes up to`;
}

function printed(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
