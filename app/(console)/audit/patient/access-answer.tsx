import type { Column } from "@/components/ui/data-table";
import { DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import {
  actorWords,
  actWords,
  outcomeWords,
  type PatientAccess,
  reasonWords,
} from "@/lib/core/disclosure/patient-access";
import type { PatientAccessAnswer } from "@/lib/services/disclosure/find-patient-access";
import { type Asked, ExportButtons } from "./export-buttons";

type AccessAnswerProps = {
  readonly answer: PatientAccessAnswer;
  readonly asked: Asked;
  readonly now: Date;
};

/** Every line that concerns the patient, newest first, with its exports. */
export function AccessAnswer({ answer: { rows, isCut }, asked, now }: AccessAnswerProps) {
  return (
    <Panel
      title={`${rows.length}${isCut ? "+" : ""} ${rows.length === 1 ? "line" : "lines"}`}
      hint={isCut ? "The newest are shown; choose a shorter time for the rest." : "Newest first"}
      state={
        rows.length > 0
          ? { kind: "ready" }
          : {
              kind: "empty",
              title: "No trail names this patient in this time.",
              why: "This look-up will be the first line. See above what the trails cannot tell.",
            }
      }
    >
      <ExportButtons asked={asked} />
      <DataTable
        caption="Who came near the data of this patient"
        columns={columns({ zone: asked.zone, now })}
        rows={rows}
        rowKey={(row) => `${row.system}/${row.id}`}
      />
    </Panel>
  );
}

function columns(of: { readonly zone: string; readonly now: Date }): readonly Column<PatientAccess>[] {
  return [
    { key: "at", head: "When", cell: ({ at }) => <Moment at={at} {...of} show="absolute" withSeconds /> },
    { key: "who", head: "Who", phone: "title", cell: actorWords },
    { key: "what", head: "What", cell: actWords },
    { key: "why", head: "Why", cell: (row) => reasonWords(row) ?? "—" },
    { key: "outcome", head: "Outcome", phone: "value", cell: outcomeWords },
    { key: "system", head: "System", cell: ({ system }) => system },
  ];
}
