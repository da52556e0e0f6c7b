import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import type { UserView } from "@/lib/services/users/list-users";
import type { PageTime } from "../../page-time";
import { grantWords } from "../../role-words";
import { PersonState } from "./person-state";

type Time = Pick<PageTime, "now" | "zone">;

/** Who may sign in, as what, and when they last did. */
export function PeopleTable({ people, time }: { readonly people: readonly UserView[]; readonly time: Time }) {
  return (
    <DataTable
      caption="People"
      columns={columnsAt(time)}
      rows={people}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/admin/people/${id}`}
    />
  );
}

function columnsAt({ now, zone }: Time): readonly Column<UserView>[] {
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "7rem",
      cell: ({ disabledAt, joinedAt }) => <PersonState disabledAt={disabledAt} joinedAt={joinedAt} />,
    },
    { key: "name", head: "Name", phone: "title", cell: ({ name }) => name },
    { key: "email", head: "E-mail", cell: ({ email }) => email },
    {
      key: "roles",
      head: "Roles",
      cell: ({ grants }) => (grants.length === 0 ? "none" : grants.map(grantWords).join(", ")),
    },
    {
      key: "factors",
      head: "Second factor",
      from: "lg",
      cell: ({ factors }) => (factors.isEnrolled ? "enrolled" : "not yet"),
    },
    {
      key: "last",
      head: "Last signed in",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Moment at={lastSignInAt} now={now} zone={zone} show="relative" /> : "never",
    },
  ];
}
