import { stepTitles } from "@/components/journey/journey-words";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { Journey } from "@/lib/core/journey/journey";
import type { ExamView } from "@/lib/services/journeys/read-exam";
import type { PageTime } from "../../page-time";

type FactsPanelProps = {
  readonly exam: ExamView["exam"];
  readonly journey: Journey;
  readonly time: PageTime;
};

/** What is known of the exam itself, and what should be known and is not. */
export function FactsPanel({ exam, journey, time: { now, zone } }: FactsPanelProps) {
  const { plannedFor, priority, isCritical, missing } = journey;
  return (
    <Panel title="The exam">
      <KeyValueList
        items={[
          { key: "Department", value: exam.department ?? "missing" },
          { key: "Modality", value: exam.modality ?? "missing" },
          { key: "Priority", value: priority },
          {
            key: "Planned for",
            value: plannedFor ? <Moment at={plannedFor} now={now} zone={zone} /> : "missing",
          },
          {
            key: "Next step due by",
            value: exam.dueAt ? <Moment at={exam.dueAt} now={now} zone={zone} /> : "nothing is waited for",
          },
          { key: "Critical result", value: isCritical ? "yes" : "none told" },
          {
            key: "Never seen",
            value:
              missing.length === 0
                ? "no step was passed over"
                : `${missing.map((step) => stepTitles[step]).join(", ")}: a later step was told, this was not`,
          },
        ]}
      />
    </Panel>
  );
}
