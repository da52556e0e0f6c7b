import { healthWord, problemText } from "@/components/interface/problem-text";
import { CsvLink } from "@/components/ui/csv-link";
import { Lamp } from "@/components/ui/lamp";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { StatusWord } from "@/components/ui/status-word";
import { unbrokenTimes } from "@/components/ui/unbroken-times";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { hrefOf } from "@/lib/core/href";
import { sinceOf } from "@/lib/core/interface/health";
import { formatMoment } from "@/lib/core/time/format";
import { printInstant } from "@/lib/core/time/range";
import { EditDetails } from "./edit-details";
import type { PanelInput } from "./page-links";

/** Name, lamp, owner and route of the interface; below, everything that is wrong with it. */
export function InterfaceHeader({ page, time, actor }: PanelInput & { readonly actor: Actor }) {
  const { record, row, range } = page.view;
  const { level, problems } = row.health;
  const csv = hrefOf(`/interfaces/${record.interfaceId}/figures.csv`, {
    from: printInstant(range.from),
    to: printInstant(range.to),
    zone: time.zone,
  });
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Interfaces", href: hrefOf("/interfaces", time.params) }]}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {record.name}
            <span className="text-13 font-normal">
              <StatusWord state={level}>{healthWord(level, problems[0])}</StatusWord>
            </span>
          </span>
        }
        meta={[...factsOf(record), knownText({ page, time })].filter(Boolean).join(" · ")}
        actions={
          <>
            <CsvLink href={csv} of={`figures of ${record.name}`} />
            {can(actor, "interface.write") ? (
              <EditDetails interfaceId={record.interfaceId} details={record} />
            ) : null}
          </>
        }
      />
      {problems.length > 0 ? (
        <ul className="mb-5 flex flex-col gap-1">
          {problems.map((problem) => {
            const since = sinceOf(problem);
            return (
              <li key={problemText(problem, time)} className="flex items-start gap-2">
                <Lamp state={problem.level} label={problem.level} className="mt-0.5" />
                <span>
                  {unbrokenTimes(problemText(problem, time))}
                  {since && problem.kind !== "was_down" ? (
                    <span className="text-muted">
                      {" · "}
                      <Moment at={since} now={time.now} zone={time.zone} show="relative" />
                    </span>
                  ) : null}
                </span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </>
  );
}

/** Said where a part of the page's range lies before anything is known. */
function knownText({ page: { view }, time }: PanelInput): string {
  const { knownFrom, completeBackTo } = view.record;
  if (knownFrom <= view.range.from || view.row.of.isCountedOnly) return "";
  const moment = formatMoment({ at: knownFrom, zone: time.zone, now: time.now });
  return completeBackTo === null ? `known from ${moment} on` : `complete back to ${moment}`;
}

const criticalityWords = { low: "low criticality", normal: "", high: "high criticality" } as const;

function factsOf(record: PanelInput["page"]["view"]["record"]): readonly string[] {
  const { sender, receivers, messageClass, department, owner, criticality, source, revision, isRemoved } =
    record;
  const route = sender || receivers.length > 0 ? `${sender ?? "?"} → ${receivers.join(", ") || "?"}` : "";
  return [
    route,
    messageClass ?? "",
    department ?? "",
    owner ? `owner ${owner}` : "no owner named",
    criticalityWords[criticality],
    revision === null ? source : `${source}, revision ${revision}`,
    isRemoved ? "removed at the engine" : "",
  ].filter(Boolean);
}
