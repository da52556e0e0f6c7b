import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { clockToleranceMs, skewWords, unloggedReads } from "@/lib/core/disclosure/coverage";
import { formatRange } from "@/lib/core/time/format";
import type { AuditCoverage } from "@/lib/services/disclosure/find-patient-access";
import type { PageTime } from "../../page-time";

type CoveragePanelProps = { readonly coverage: AuditCoverage; readonly time: PageTime };

/** What an answer rests on, and what it cannot say. Stands in front of every answer, on paper too. */
export function CoveragePanel({ coverage: { ownSince, sources }, time }: CoveragePanelProps) {
  return (
    <Panel title="What this can and cannot tell" hint="Read this first: an empty list does not mean nobody">
      <p className="mb-2">
        Signalbox's own trail names patients by reference since{" "}
        {ownSince ? <Moment at={ownSince} now={time.now} zone={time.zone} /> : "its installation"}; what was
        opened before cannot be told by patient.
      </p>
      {sources.length > 0 ? (
        <DataTable
          caption="Sources and what of their audit is kept"
          columns={columns(time)}
          rows={sources}
          rowKey={({ sourceId }) => String(sourceId)}
          rowTone={({ gaps, clockSkewMs }) =>
            gaps.length > 0 || Math.abs(clockSkewMs ?? 0) >= clockToleranceMs ? "warning" : undefined
          }
        />
      ) : (
        <p>No source is connected: only our own trail is searched.</p>
      )}
      <h3 className="mt-3 mb-1 font-medium">Never in this list</h3>
      <ul className="list-disc pl-5 text-muted">
        {unloggedReads.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Panel>
  );
}

type Source = AuditCoverage["sources"][number];

function columns({ now, zone }: PageTime): readonly Column<Source>[] {
  return [
    { key: "name", head: "Source", phone: "title", cell: ({ name }) => name },
    {
      key: "since",
      head: "Audit since",
      cell: ({ from }) => (from ? <Moment at={from} now={now} zone={zone} show="absolute" /> : "feeds none"),
    },
    {
      key: "to",
      head: "Newest event",
      cell: ({ to }) => (to ? <Moment at={to} now={now} zone={zone} show="absolute" /> : "—"),
    },
    { key: "names", head: "Names patients", cell: ({ namesPatients }) => (namesPatients ? "yes" : "no") },
    {
      key: "gaps",
      head: "Not seen",
      cell: ({ gaps }) =>
        gaps.length === 0 ? "no gap" : gaps.map((range) => formatRange({ range, zone, now })).join("; "),
    },
    { key: "clock", head: "Clock", cell: ({ clockSkewMs }) => skewWords(clockSkewMs) },
  ];
}
