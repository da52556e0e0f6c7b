import { KeyValueList } from "@/components/ui/key-value";
import { Panel } from "@/components/ui/panel";
import { retentionDays } from "@/lib/core/metric/retention";

/** How long each kind of record is kept. */
export function RetentionPanel() {
  return (
    <Panel title="Retention" hint="Older records are deleted by the day, without anybody's doing.">
      <KeyValueList
        items={Object.entries(titles).map(([key, title]) => ({
          key: title,
          value: daysOf(key),
        }))}
      />
    </Panel>
  );
}

const titles: Readonly<Record<keyof typeof retentionDays, string>> = {
  deliveries: "Messages, one by one",
  minutes: "Figures by the minute",
  samples: "Gauges, such as queue depth",
  hours: "Figures by the hour and day",
  externalAudit: "Audit events of engines",
};

function daysOf(key: string): string {
  const days = Object.entries(retentionDays).find(([name]) => name === key)?.[1];
  if (days === undefined) return "—";
  return days < 366 * 2 ? `${days} days` : `${Math.floor(days / 366)} years`;
}
