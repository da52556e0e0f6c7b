import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { GroupRoleView } from "@/lib/services/sso/read-sign-in";
import type { PageTime } from "../../page-time";
import { roleWords } from "../../role-words";
import { AskButton } from "../ask-button";
import { unmap } from "./actions";
import { MapGroup } from "./map-group";

type GroupPanelProps = {
  readonly mappings: readonly GroupRoleView[];
  readonly departments: readonly string[];
  readonly time: PageTime;
};

/** Which group stands for which role. */
export function GroupPanel({ mappings, departments, time }: GroupPanelProps) {
  return (
    <Panel
      title="What groups stand for"
      hint="Roles follow the groups at each sign-in. A group that is not named here gives nothing."
      actions={<MapGroup departments={departments} />}
      state={
        mappings.length > 0
          ? { kind: "ready" }
          : {
              kind: "empty",
              title: "No group stands for a role yet.",
              why: "Until one does, nobody new gets in by the identity provider.",
            }
      }
    >
      <DataTable
        caption="Groups and roles"
        columns={columnsAt(time)}
        rows={mappings}
        rowKey={({ id }) => id}
      />
    </Panel>
  );
}

function columnsAt({ now, zone }: PageTime): readonly Column<GroupRoleView>[] {
  return [
    {
      key: "group",
      head: "Group",
      phone: "title",
      cell: ({ group }) => <span className="font-mono">{group}</span>,
    },
    { key: "role", head: "Role", cell: ({ role }) => roleWords(role) },
    { key: "where", head: "Where", cell: ({ department }) => department ?? "everywhere" },
    { key: "by", head: "Asked for by", from: "lg", cell: ({ mappedBy }) => mappedBy },
    {
      key: "at",
      head: "Since",
      from: "lg",
      cell: ({ mappedAt }) => <Moment at={mappedAt} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "act",
      head: "Actions",
      align: "end",
      phone: "value",
      cell: ({ id, group, role }) => (
        <AskButton
          act={unmap.bind(null, { id })}
          label="End"
          busyLabel="Ending…"
          title={`${group} no longer stands for ${roleWords(role).toLowerCase()}`}
        >
          <p>Whoever holds the role by a group loses it at once, unless another group stands for the same.</p>
        </AskButton>
      ),
    },
  ];
}
