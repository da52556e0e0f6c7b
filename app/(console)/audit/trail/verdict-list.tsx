import { formatCount } from "@/components/ui/format-number";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { type Finding, findingMeanings } from "@/lib/core/audit/finding";
import type { TrailVerdict } from "@/lib/services/own-audit/verify-trail";

type VerdictListProps = { readonly verdict: TrailVerdict; readonly zone: string; readonly now: Date };

/** What verifying found, with what it covered and what it cannot vouch for. */
export function VerdictList({ verdict, zone, now }: VerdictListProps) {
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} withSeconds />;
  const { from, to, firstBad, lastWitness, rowsNotWitnessed } = verdict;
  return (
    <KeyValueList
      items={[
        { key: "Verdict", value: <VerdictWord verdict={verdict} /> },
        ...(firstBad === undefined ? [] : [{ key: "First that is bad", value: findingText(firstBad) }]),
        {
          key: "Sealed between",
          value: (
            <>
              {from ? moment(from) : "the first block"} and {to ? moment(to) : "the last"}
            </>
          ),
        },
        {
          key: "Checked",
          value: `${formatCount(verdict.rows)} lines in ${formatCount(verdict.blocks)} blocks, ${formatCount(verdict.signatures)} signatures`,
        },
        {
          key: "Last witness",
          value: lastWitness ? (
            <>
              block {formatCount(lastWitness.number)}, {moment(lastWitness.at)}
            </>
          ) : (
            "none"
          ),
        },
        {
          key: "Not witnessed yet",
          value: `${formatCount(rowsNotWitnessed)} lines: whoever controls both database and keys could still change these unseen`,
        },
      ]}
    />
  );
}

function VerdictWord({ verdict: { ok, findings } }: { readonly verdict: TrailVerdict }) {
  if (ok) return <StatusWord state="ok">Holds</StatusWord>;
  return <StatusWord state="critical">{`Does not hold: ${formatCount(findings)} found`}</StatusWord>;
}

function findingText({ kind, block, leafId }: Finding): string {
  const where = [
    ...(leafId === undefined ? [] : [`line ${leafId}`]),
    ...(block === undefined ? [] : [`block ${block}`]),
  ].join(", ");
  return where === "" ? findingMeanings[kind] : `${findingMeanings[kind]} (${where})`;
}
