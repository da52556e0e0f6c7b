import type { ChannelKind } from "@/lib/core/notice/kinds";
import { type NoticeProblem, noticeProblemTexts } from "@/lib/core/notice/problem";
import type { OutgoingNotice } from "@/lib/core/notice/schema";
import { noticeTitle } from "@/lib/core/notice/words";
import { type Column, DataTable } from "../ui/data-table";
import type { LampState } from "../ui/lamp";
import { Moment } from "../ui/moment";
import { StatusWord } from "../ui/status-word";
import { channelWords } from "./channel-words";

export type ShownNotice = {
  readonly id: string;
  readonly notice: OutgoingNotice;
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly problem: NoticeProblem | undefined;
  readonly createdAt: Date;
  readonly toldTo: string | undefined;
  readonly channel: ChannelKind;
  readonly channelName: string | undefined;
};

/** Tellings, one a row: how each stands, and why where it failed. */
export function NoticeTable(props: {
  readonly notices: readonly ShownNotice[];
  readonly now: Date;
  readonly zone: string;
}) {
  const { notices, now, zone } = props;
  const columns: readonly Column<ShownNotice>[] = [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "9rem",
      cell: ({ state }) => <StatusWord state={states[state].lamp}>{states[state].word}</StatusWord>,
    },
    { key: "notice", head: "Notice", phone: "title", cell: ({ notice }) => noticeTitle(notice) },
    { key: "to", head: "To", cell: ({ toldTo }) => toldTo ?? "somebody who is gone" },
    {
      key: "through",
      head: "Through",
      cell: ({ channel, channelName }) => [channelWords[channel], channelName].filter(Boolean).join(", "),
    },
    {
      key: "at",
      head: "Raised",
      cell: ({ createdAt }) => <Moment at={createdAt} now={now} zone={zone} show="absolute" />,
    },
    { key: "attempts", head: "Attempts", align: "end", from: "lg", cell: ({ attempts }) => attempts },
    {
      key: "why",
      head: "Why",
      cell: ({ problem }) => (problem === undefined ? "–" : noticeProblemTexts[problem]),
    },
  ];
  return <DataTable caption="Notices" columns={columns} rows={notices} rowKey={({ id }) => id} />;
}

const states: Readonly<Record<ShownNotice["state"], { readonly lamp: LampState; readonly word: string }>> = {
  waiting: { lamp: "notice", word: "Waiting" },
  sent: { lamp: "ok", word: "Sent" },
  failed: { lamp: "warning", word: "Failed" },
};
