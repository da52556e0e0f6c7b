import { formatBytes } from "@/components/ui/format-bytes";
import { formatCount } from "@/components/ui/format-number";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { DeadLetter } from "@/lib/core/dead-letter/schema";
import type { PageTime } from "../../../page-time";

type LetterFactsProps = { readonly letter: DeadLetter; readonly time: Pick<PageTime, "now" | "zone"> };

/** When it came, how often, and what became of it. */
export function LetterFacts({ letter, time: { now, zone } }: LetterFactsProps) {
  const { firstSeen, lastSeen, settledAt, attempts, payloadBytes, contentKind, result } = letter;
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} withSeconds />;
  return (
    <Panel title="What is known of it">
      <KeyValueList
        items={[
          { key: "First seen", value: moment(firstSeen) },
          { key: "Last seen", value: moment(lastSeen) },
          { key: "Seen", value: attempts === 1 ? "once" : `${formatCount(attempts)} times` },
          { key: "Kept as", value: `${contentKind}, ${formatBytes(payloadBytes)}, encrypted` },
          ...(result
            ? [
                {
                  key: settledAt && letter.state === "discarded" ? "Discarded because" : "Last try",
                  value: result,
                },
              ]
            : []),
          ...(settledAt ? [{ key: "Last settled", value: moment(settledAt) }] : []),
        ]}
      />
    </Panel>
  );
}
