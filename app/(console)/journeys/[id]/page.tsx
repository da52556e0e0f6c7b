import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { examName, overdueText, standing } from "@/components/journey/journey-words";
import { PageHeader } from "@/components/ui/page-header";
import { StatusWord } from "@/components/ui/status-word";
import { hrefOf } from "@/lib/core/href";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readExam } from "@/lib/services/journeys/read-exam";
import { found } from "../../found";
import { readPageTime } from "../../page-time";
import { FactsPanel } from "./facts-panel";
import { LegsPanel } from "./legs-panel";
import { MessagesPanel } from "./messages-panel";
import { PatientPanel } from "./patient-panel";
import { TimelinePanel } from "./timeline-panel";

export const metadata: Metadata = { title: "Exam" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function ExamPage({ params, searchParams }: PageProps) {
  const [actor, time, { id }] = await Promise.all([requireActor(), readPageTime(searchParams), params]);
  if (!UUID.test(id)) notFound();
  const view = await found(readExam(actor, { id }));
  const { exam, journey } = view;
  const { lamp, word } = standing(exam, time.now);
  const overdue = overdueText(exam.dueAt, time.now);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Exams", href: hrefOf("/journeys", time.params) }]}
        title={exam.procedure ?? "Exam without a told procedure"}
        meta={
          <span className="flex flex-wrap items-center gap-x-3">
            <StatusWord state={lamp}>{word}</StatusWord>
            {overdue ? <span>{overdue}</span> : null}
            <span className="font-mono">{examName(id)}</span>
          </span>
        }
      />
      <div className="flex flex-col gap-6">
        <FactsPanel exam={exam} journey={journey} time={time} />
        <TimelinePanel view={view} time={time} />
        <LegsPanel journey={journey} time={time} />
        <MessagesPanel actor={actor} id={id} time={time} />
        <PatientPanel actor={actor} id={id} />
      </div>
    </>
  );
}
