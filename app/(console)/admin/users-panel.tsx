import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Actor } from "@/lib/core/authz/actor";
import { listUsers, type UserView } from "@/lib/services/users/list-users";
import type { PageTime } from "../page-time";
import { grantWords } from "../role-words";

type Time = Pick<PageTime, "now" | "zone">;

/** Who may sign in, as what, and when they last did. */
export async function UsersPanel({ actor, time }: { readonly actor: Actor; readonly time: Time }) {
  const users = await listUsers(actor, {});
  return (
    <Panel title="People">
      <DataTable caption="People" columns={columnsAt(time)} rows={users} rowKey={({ id }) => id} />
    </Panel>
  );
}

function columnsAt({ now, zone }: Time): readonly Column<UserView>[] {
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "8rem",
      cell: ({ disabledAt }) =>
        disabledAt ? (
          <StatusWord state="excluded">Disabled</StatusWord>
        ) : (
          <StatusWord state="ok">Active</StatusWord>
        ),
    },
    { key: "name", head: "Name", phone: "title", cell: ({ name }) => name },
    { key: "email", head: "E-mail", cell: ({ email }) => email },
    { key: "roles", head: "Roles", cell: ({ grants }) => grants.map(grantWords).join(", ") },
    {
      key: "made",
      head: "Since",
      from: "lg",
      cell: ({ createdAt }) => <Moment at={createdAt} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "last",
      head: "Last signed in",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Moment at={lastSignInAt} now={now} zone={zone} show="relative" /> : "never",
    },
  ];
}
