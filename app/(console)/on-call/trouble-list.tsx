import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { RotaTrouble } from "@/lib/core/notice/on-call";
import type { TimeRange } from "@/lib/core/time/range";
import type { Person } from "@/lib/services/on-call/read-on-call";
import type { PageTime } from "../page-time";

type Time = Pick<PageTime, "now" | "zone">;

/** Where the next two weeks have nobody, and where more than one. */
export function TroubleList({
  trouble: { gaps, overlaps },
  people,
  time,
}: {
  readonly trouble: RotaTrouble;
  readonly people: readonly Person[];
  readonly time: Time;
}) {
  if (gaps.length + overlaps.length === 0) return null;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? "somebody";
  return (
    <ul className="flex flex-col gap-1">
      {gaps.slice(0, SHOWN).map((gap) => (
        <li key={`gap ${gap.from.toISOString()}`}>
          <StatusWord state="warning">Gap</StatusWord> <Stretch of={gap} time={time} />: nobody is on call.
        </li>
      ))}
      {overlaps.slice(0, SHOWN).map((overlap) => (
        <li key={`overlap ${overlap.from.toISOString()}`}>
          <StatusWord state="notice">Overlap</StatusWord> <Stretch of={overlap} time={time} />:{" "}
          {overlap.userIds.map(nameOf).join(" and ")} are told.
        </li>
      ))}
    </ul>
  );
}

const SHOWN = 10;

function Stretch({ of: { from, to }, time: { now, zone } }: { readonly of: TimeRange; readonly time: Time }) {
  return (
    <>
      <Moment at={from} now={now} zone={zone} show="absolute" /> to{" "}
      <Moment at={to} now={now} zone={zone} show="absolute" />
    </>
  );
}
