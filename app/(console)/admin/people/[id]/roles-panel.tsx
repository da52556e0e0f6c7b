import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { type Grant, roleFacts } from "@/lib/core/authz/role";
import type { UserView } from "@/lib/services/users/list-users";
import { grantWords, roleWords } from "../../../role-words";
import { AskButton } from "../../ask-button";
import { take } from "../actions";
import { GrantForm } from "./grant-form";

type RolesPanelProps = {
  readonly person: UserView;
  readonly departments: readonly string[];
  readonly isSelf: boolean;
};

/** What a person may do, and where. */
export function RolesPanel({ person, departments, isSelf }: RolesPanelProps) {
  const mayGrant = !isSelf && person.disabledAt === undefined;
  const hasNone = person.grants.length === 0;
  return (
    <Panel
      title="Roles"
      hint="They count from the next request on."
      actions={
        mayGrant ? <GrantForm userId={person.id} name={person.name} departments={departments} /> : null
      }
      state={
        hasNone
          ? { kind: "empty", title: "No role yet.", why: "Without one nothing but the own account opens." }
          : { kind: "ready" }
      }
    >
      <DataTable
        caption="Roles"
        columns={columnsFor(person, isSelf)}
        rows={person.grants}
        rowKey={grantWords}
      />
    </Panel>
  );
}

function columnsFor(person: UserView, isSelf: boolean): readonly Column<Grant>[] {
  return [
    { key: "role", head: "Role", phone: "title", cell: ({ role }) => roleWords(role) },
    { key: "where", head: "Where", cell: ({ department }) => department ?? "everywhere" },
    { key: "what", head: "What for", from: "lg", cell: ({ role }) => roleFacts[role].sentence },
    {
      key: "act",
      head: "Actions",
      align: "end",
      phone: "value",
      cell: (held) =>
        isSelf ? null : (
          <AskButton
            act={take.bind(null, { userId: person.id, role: held.role, department: held.department ?? "" })}
            label="Take away"
            busyLabel="Taking away…"
            title={`Take away: ${grantWords(held)}`}
          >
            <p>From the next request on {person.name} can no longer do what this role allows.</p>
          </AskButton>
        ),
    },
  ];
}
