import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { hrefOf } from "@/lib/core/href";
import { type JourneyLeg, legFacts } from "@/lib/core/journey/steps";
import { formatDuration } from "@/lib/core/time/format";
import { examName, standing } from "./journey-words";

/** Where an exam stands, without the patient. */
export type ExamRow = {
  readonly id: string;
  readonly state: "waiting" | "done" | "cancelled";
  readonly leg: JourneyLeg | null;
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly department: string | null;
  readonly modality: string | null;
  readonly procedure: string | null;
  readonly startedAt: Date;
};

type ExamTableProps = {
  readonly caption: string;
  readonly rows: readonly ExamRow[];
  readonly zone: string;
  readonly now: Date;
  /** Range parameters that links keep. */
  readonly params: Readonly<Record<string, string>>;
};

/** Exams, one a row. An exam is named by an id of ours: accession and patient stay masked. */
export function ExamTable({ caption, rows, zone, now, params }: ExamTableProps) {
  return (
    <DataTable
      caption={caption}
      columns={columns(zone, now)}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => hrefOf(`/journeys/${id}`, params)}
      rowTone={({ leg, dueAt }) =>
        leg === "toAcknowledge" && dueAt !== null && dueAt < now ? "critical" : undefined
      }
    />
  );
}

function columns(zone: string, now: Date): readonly Column<ExamRow>[] {
  return [
    {
      key: "exam",
      head: "Exam",
      phone: "title",
      cell: ({ id, procedure }) => (
        <>
          {procedure ?? "Procedure not told"}{" "}
          <span className="whitespace-nowrap font-mono text-[0.92em] font-normal text-muted">
            {examName(id)}
          </span>
        </>
      ),
    },
    {
      key: "overdue",
      head: "Overdue",
      align: "end",
      phone: "value",
      hint: "How long past the time by which the next step should have come",
      cell: ({ dueAt }) =>
        dueAt === null || dueAt >= now ? "" : formatDuration(now.getTime() - dueAt.getTime()),
    },
    {
      key: "standing",
      head: "Where it stands",
      cell: (row) => {
        const { lamp, word } = standing(row, now);
        return <StatusWord state={lamp}>{word}</StatusWord>;
      },
    },
    {
      key: "since",
      head: "Since",
      from: "lg",
      cell: ({ since }) => (since ? <Moment at={since} now={now} zone={zone} /> : ""),
    },
    { key: "leg", head: "Leg", from: "xl", cell: ({ leg }) => (leg === null ? "" : legFacts[leg].title) },
    { key: "modality", head: "Modality", cell: ({ modality }) => modality ?? "missing" },
    { key: "department", head: "Department", cell: ({ department }) => department ?? "missing" },
  ];
}
