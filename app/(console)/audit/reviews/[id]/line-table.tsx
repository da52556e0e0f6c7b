import Link from "next/link";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { ReviewLine } from "@/lib/core/audit/review";
import { reviewRules } from "@/lib/core/audit/review-words";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { hrefOf } from "@/lib/core/href";
import type { OpenedReview } from "@/lib/services/audit-reviews/read-review";
import { JudgeButtons } from "./judge-buttons";
import { lastUseText, subjectText } from "./line-words";

type LineTableProps = {
  readonly review: OpenedReview;
  readonly actor: Actor;
  readonly now: Date;
};

/** What is to be judged, in its order, with what was judged. */
export function LineTable({ review, actor, now }: LineTableProps) {
  return (
    <DataTable
      caption="Lines of the review"
      columns={columns({ review, actor, now })}
      rows={review.lines}
      rowKey={({ position }) => String(position)}
      rowTone={({ judged }) => (judged?.judgement === "follow-up" ? "warning" : undefined)}
    />
  );
}

function columns(of: LineTableProps): readonly Column<ReviewLine>[] {
  const { review, now } = of;
  const clock = { now, zone: review.zone };
  const isAccess = review.kind === "access";
  return [
    {
      key: "who",
      head: "Who",
      phone: "title",
      cell: ({ personId, personName }) =>
        personId === undefined ? "A program" : (personName ?? "Somebody whose account is gone"),
    },
    { key: "what", head: isAccess ? "May" : "Did", cell: (line) => <Subject line={line} clock={clock} /> },
    ...(isAccess
      ? [{ key: "used", head: "Last used", cell: (line: ReviewLine) => lastUseText(line, clock) }]
      : []),
    {
      key: "why",
      head: isAccess ? "Note" : "Why it is here",
      cell: ({ rules }) =>
        rules.length === 0 ? null : (
          <ul>
            {rules.map((rule) => (
              <li key={rule}>{reviewRules[rule]}</li>
            ))}
          </ul>
        ),
    },
    {
      key: "judgement",
      head: "Judgement",
      phone: "value",
      width: "10rem",
      cell: ({ judged }) => <Judgement judged={judged} clock={clock} />,
    },
    {
      key: "act",
      head: "Actions",
      align: "end",
      width: "14rem",
      cell: (line) => <Actions line={line} {...of} />,
    },
  ];
}

type Clock = { readonly now: Date; readonly zone: string };

function Subject({ line, clock }: { readonly line: ReviewLine; readonly clock: Clock }) {
  const text = subjectText(line, clock);
  if (line.subject.kind !== "opening") return text;
  return (
    <Link
      prefetch={false}
      href={hrefOf("/audit/trail", { line: line.subject.leafId })}
      className="underline hover:text-accent"
    >
      {text}
    </Link>
  );
}

function Judgement({ judged, clock }: { readonly judged: ReviewLine["judged"]; readonly clock: Clock }) {
  if (judged === undefined) return <StatusWord state="notice">Open</StatusWord>;
  const { judgement, note, by, at } = judged;
  return (
    <span>
      <StatusWord state={judgement === "follow-up" ? "warning" : "ok"}>{words[judgement]}</StatusWord>
      <span className="block text-12 text-muted">
        {note === "" ? "" : `${note} — `}
        {by}, <Moment at={at} {...clock} show="absolute" />
      </span>
    </span>
  );
}

const words = {
  fine: "Fine",
  "follow-up": "Follow up",
  confirmed: "Confirmed",
  removed: "Taken away",
} as const;

function Actions({ line, review, actor, now }: LineTableProps & { readonly line: ReviewLine }) {
  if (review.signed || line.judged?.judgement === "removed") return null;
  if (line.personId === actorId(actor)) return <span className="text-muted">Another person judges this</span>;
  const { kind } = line.subject;
  const isProgram = kind === "token" || kind === "client";
  return (
    <JudgeButtons
      id={review.id}
      position={line.position}
      of={[line.personName, subjectText(line, { now, zone: review.zone })].filter(Boolean).join(": ")}
      kind={review.kind}
      mayRemove={can(actor, isProgram ? "token.write" : "user.write")}
    />
  );
}
