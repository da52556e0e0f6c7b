import { formatCount } from "@/components/ui/format-number";
import { KeyValueList } from "@/components/ui/key-value";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { readSourceLosses } from "@/lib/services/sources/read-losses";

/** What came over UDP and was lost; left out where the source takes no datagrams. */
export async function LossesPanel({ actor, sourceId }: { readonly actor: Actor; readonly sourceId: number }) {
  const losses = await readSourceLosses(actor, { id: sourceId });
  if (losses === undefined) return null;
  const count = (lost: number | null) => (lost === null ? "not measured" : formatCount(lost));
  return (
    <Panel
      title="Lost over UDP"
      hint="Within the last day. A sender of datagrams never learns of it; over TLS nothing is lost silently."
    >
      <KeyValueList
        items={[
          { key: "Dropped here: too many waited", value: count(losses.dropped) },
          { key: "Dropped by the system: read too late", value: count(losses.unread) },
        ]}
      />
    </Panel>
  );
}
