import Link from "next/link";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Review } from "@/lib/core/audit/review";
import type { ReviewKind } from "@/lib/core/audit/review-words";
import type { TimeRange } from "@/lib/core/time/range";
import type { ReviewList } from "@/lib/services/audit-reviews/list-reviews";
import type { PageTime } from "../../page-time";
import { OpenButton } from "./open-button";
import { periodText, reviewTitles } from "./review-period-text";

type ReviewTableProps = {
  readonly kind: ReviewKind;
  readonly list: ReviewList;
  readonly time: Pick<PageTime, "now" | "zone">;
};
type Row = { readonly period: TimeRange; readonly review: Review | undefined; readonly isNext: boolean };

/** Every period of one kind of review, newest first: done, begun, or still to do. */
export function ReviewTable({ kind, list, time }: ReviewTableProps) {
  const begun = list.reviews
    .filter((review) => review.kind === kind)
    .map((review): Row => ({ period: review, review, isNext: false }));
  const toOpen = list.toOpen
    .filter((one) => one.kind === kind)
    .map(({ period }, i): Row => ({ period, review: undefined, isNext: i === 0 }));
  const rows = [...begun, ...toOpen].sort((a, b) => b.period.from.getTime() - a.period.from.getTime());
  return (
    <Panel title={reviewTitles[kind]} hint={hints[kind]}>
      <DataTable
        caption={reviewTitles[kind]}
        columns={columns(kind, time)}
        rows={rows}
        rowKey={({ period }) => period.from.toISOString()}
      />
    </Panel>
  );
}

const hints: Readonly<Record<ReviewKind, string>> = {
  activity: "What stood out in the trail by fixed rules. Each line is judged, then a privacy officer signs.",
  access: "Every account, role, token and client: confirm or take away. Then a privacy officer signs.",
};

function columns(kind: ReviewKind, time: ReviewTableProps["time"]): readonly Column<Row>[] {
  return [
    {
      key: "period",
      head: "Period",
      phone: "title",
      width: "14rem",
      cell: ({ period, review }) => {
        const text = periodText(period, { ...time, zone: review?.zone ?? time.zone });
        if (review === undefined) return text;
        return (
          <Link
            prefetch={false}
            href={`/audit/reviews/${review.id}`}
            data-row-link=""
            className="font-medium underline"
          >
            {text}
          </Link>
        );
      },
    },
    { key: "state", head: "State", phone: "value", width: "12rem", cell: ({ review }) => stateOf(review) },
    {
      key: "signed",
      head: "Signed",
      cell: ({ review }) =>
        review?.signed ? (
          <>
            {review.signed.by} · <Moment at={review.signed.at} {...time} show="absolute" />
          </>
        ) : null,
    },
    {
      key: "act",
      head: "Next step",
      align: "end",
      cell: ({ review, period, isNext }) =>
        review === undefined ? (
          <OpenButton
            kind={kind}
            from={period.from}
            zone={time.zone}
            of={periodText(period, time)}
            look={isNext ? "primary" : "secondary"}
          />
        ) : null,
    },
  ];
}

function stateOf(review: Review | undefined) {
  if (review === undefined) return <StatusWord state="unknown">Not reviewed</StatusWord>;
  const { lines, linesJudged, linesToFollowUp } = review;
  if (review.signed === undefined) {
    return <StatusWord state="notice">{`${linesJudged} of ${lines} judged`}</StatusWord>;
  }
  return (
    <StatusWord state="ok">
      {linesToFollowUp === 0 ? `${lines} judged` : `${lines} judged, ${linesToFollowUp} to follow up`}
    </StatusWord>
  );
}
