import type { Metadata } from "next";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { LampState } from "@/components/ui/lamp";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { type DisplayView, listDisplays } from "@/lib/services/displays/list-displays";
import { type PageTime, readPageTime } from "../../page-time";
import { AskButton } from "../ask-button";
import { endDisplay } from "./actions";
import { NewDisplay } from "./new-display";

export const metadata: Metadata = { title: "Wall boards" };

/** Screens on walls: where they may stand, when they were last seen, and an end to each. */
export default async function DisplaysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const displays = await listDisplays(actor, {});
  return (
    <>
      <PageHeader
        title="Wall boards"
        crumbs={[{ label: "Admin", href: "/admin" }]}
        meta="Figures of interfaces for a screen in a room: no data of patients, nothing to press."
      />
      <Panel
        title="Screens"
        hint="Each works from its own addresses alone, until it expires or is ended."
        actions={<NewDisplay />}
        state={
          displays.length > 0 ? { kind: "ready" } : { kind: "empty", title: "There is no wall board yet." }
        }
      >
        <DataTable caption="Wall boards" columns={columnsAt(time)} rows={displays} rowKey={({ id }) => id} />
      </Panel>
    </>
  );
}

const states: Readonly<Record<DisplayView["state"], { readonly lamp: LampState; readonly word: string }>> = {
  waiting: { lamp: "notice", word: "Waits for its screen" },
  open: { lamp: "ok", word: "In use" },
  "link-over": { lamp: "warning", word: "Link ran out" },
  expired: { lamp: "excluded", word: "Expired" },
  revoked: { lamp: "excluded", word: "Ended" },
};

function columnsAt({ now, zone }: PageTime): readonly Column<DisplayView>[] {
  const moment = (at: Date | undefined) =>
    at ? <Moment at={at} now={now} zone={zone} show="absolute" /> : "never";
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "11rem",
      cell: ({ state }) => <StatusWord state={states[state].lamp}>{states[state].word}</StatusWord>,
    },
    { key: "name", head: "Screen", phone: "title", cell: ({ name }) => name },
    {
      key: "ranges",
      head: "Addresses",
      cell: ({ ranges }) => <span className="font-mono">{ranges.join(", ")}</span>,
    },
    { key: "seen", head: "Last seen", cell: ({ lastUsedAt }) => moment(lastUsedAt) },
    {
      key: "from",
      head: "From",
      from: "lg",
      cell: ({ lastAddress }) => <span className="font-mono">{lastAddress ?? "–"}</span>,
    },
    { key: "until", head: "Expires", cell: ({ expiresAt }) => moment(expiresAt) },
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: ({ id, name, state }) =>
        state === "revoked" ? null : (
          <AskButton
            act={endDisplay.bind(null, { id })}
            label="End"
            busyLabel="Ending…"
            title={`End the wall board ${name}`}
          >
            <p>Its next refresh, within 15 seconds, shows no figures any more.</p>
          </AskButton>
        ),
    },
  ];
}
