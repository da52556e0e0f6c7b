import { channelWords } from "@/components/notice/channel-words";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import type { UserActor } from "@/lib/core/authz/actor";
import { listOwnChannels } from "@/lib/services/notices/own-channel";
import { ActButton } from "../../admin/act-button";
import { AskButton } from "../../admin/ask-button";
import { endMine, testMine } from "./actions";
import { AddMine } from "./add-mine";

/** How I am told of incidents; without a choice, by the e-mail address of my account. */
export async function ToldPanel({ actor }: { readonly actor: UserActor }) {
  const channels = await listOwnChannels(actor, {});
  const account = { id: undefined, kind: "email", name: "My account", hint: actor.email } as const;
  return (
    <Panel
      title="How I am told"
      hint="Of incidents, while I am on call. Through every channel here; a test goes the way that they go."
      actions={<AddMine />}
    >
      <DataTable
        caption="How I am told"
        columns={columns}
        rows={channels.length === 0 ? [account] : channels}
        rowKey={({ id }) => id ?? "account"}
      />
    </Panel>
  );
}

type Mine = Pick<Awaited<ReturnType<typeof listOwnChannels>>[number], "kind" | "name" | "hint"> & {
  readonly id: string | undefined;
};

const columns: readonly Column<Mine>[] = [
  { key: "name", head: "Channel", phone: "title", cell: ({ name }) => name },
  { key: "kind", head: "Kind", cell: ({ kind }) => channelWords[kind] },
  { key: "hint", head: "Address", phone: "value", cell: ({ hint }) => hint },
  {
    key: "act",
    head: "Actions",
    align: "end",
    cell: ({ id, name }) => (
      <span className="inline-flex flex-wrap justify-end gap-2">
        <ActButton
          act={testMine.bind(null, id === undefined ? {} : { id })}
          label="Send a test"
          of={`Send a test: ${name}`}
          busyLabel="Sending…"
          done="It is on its way."
        />
        {id === undefined ? null : (
          <AskButton
            act={endMine.bind(null, { id })}
            label="Remove"
            busyLabel="Removing…"
            title={`Remove ${name}`}
          >
            <p>Without any channel you are told by the e-mail address of your account.</p>
          </AskButton>
        )}
      </span>
    ),
  },
];
