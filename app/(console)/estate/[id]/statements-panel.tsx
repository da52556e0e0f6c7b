import { type Column, DataTable } from "@/components/ui/data-table";
import { formatBytes } from "@/components/ui/format-bytes";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { SystemDetail } from "@/lib/services/estate/read-system";
import type { PageTime } from "../../page-time";
import { AddStatement } from "./add-statement";

type Statement = SystemDetail["statements"][number];

/** The system's DICOM conformance statements, the newest in front. */
export function StatementsPanel({
  system: { id, statements },
  time,
  mayWrite,
}: {
  readonly system: SystemDetail;
  readonly time: PageTime;
  readonly mayWrite: boolean;
}) {
  return (
    <Panel
      title="DICOM conformance statements"
      hint="As its vendor published them (PS3.2). Those before stay."
      actions={mayWrite ? <AddStatement systemId={id} /> : null}
      state={statements.length === 0 ? { kind: "empty", title: "None is kept." } : { kind: "ready" }}
    >
      <DataTable
        caption="Conformance statements"
        columns={columnsAt(time, id)}
        rows={statements}
        rowKey={({ id: key }) => key}
      />
    </Panel>
  );
}

function columnsAt({ now, zone }: PageTime, systemId: string): readonly Column<Statement>[] {
  return [
    {
      key: "file",
      head: "File",
      phone: "title",
      cell: ({ id, fileName }) => (
        <a href={`/estate/${systemId}/statements/${id}`} download>
          {fileName}
        </a>
      ),
    },
    { key: "version", head: "Version", phone: "value", cell: ({ version }) => version },
    { key: "dated", head: "Dated", cell: ({ dated }) => dated },
    { key: "size", head: "Size", align: "end", cell: ({ bytes }) => formatBytes(bytes) },
    {
      key: "added",
      head: "Kept since",
      cell: ({ addedAt }) => <Moment at={addedAt} now={now} zone={zone} show="absolute" />,
    },
  ];
}
