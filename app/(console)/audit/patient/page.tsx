import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readCoverage } from "@/lib/services/disclosure/find-patient-access";
import { readPageTime } from "../../page-time";
import { AuditTabs } from "../audit-tabs";
import { CoveragePanel } from "./coverage-panel";
import { PatientForm } from "./patient-form";

export const metadata: Metadata = { title: "Who saw this patient" };

/** The patient's number travels in the request body only, and stands in no title, address or file name. */
export default async function PatientAuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const coverage = await readCoverage(actor, { range: time.range });
  return (
    <>
      <PageHeader
        title="Who saw this patient"
        meta="From our own trail and the audit events of the sources, in the time chosen above."
      />
      <AuditTabs actor={actor} current="patient" time={time} />
      <div className="flex flex-col gap-6">
        <CoveragePanel coverage={coverage} time={time} />
        <PatientForm range={time.range} zone={time.zone} now={time.now} />
      </div>
    </>
  );
}
