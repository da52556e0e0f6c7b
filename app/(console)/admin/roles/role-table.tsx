import { type Column, DataTable } from "@/components/ui/data-table";
import { type Role, roleFacts, roles } from "@/lib/core/authz/role";
import { roleWords } from "../../role-words";

/** Each role in a sentence, and how it is given. */
export function RoleTable() {
  return <DataTable caption="Roles" columns={columns} rows={roles} rowKey={(role) => role} />;
}

const columns: readonly Column<Role>[] = [
  { key: "role", head: "Role", phone: "title", width: "12rem", cell: roleWords },
  { key: "what", head: "What for", cell: (role) => roleFacts[role].sentence },
  {
    key: "where",
    head: "Held",
    cell: (role) => (roleFacts[role].mayBeScoped ? "everywhere or for a department" : "everywhere"),
  },
  {
    key: "given",
    head: "Given by",
    cell: (role) => (roleFacts[role].disclosesPatientData ? "two people" : "one administrator"),
  },
];
