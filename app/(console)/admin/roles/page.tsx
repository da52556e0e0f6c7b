import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { requireActor } from "@/lib/http/actor";
import { PermissionTable } from "./permission-table";
import { RoleTable } from "./role-table";

export const metadata: Metadata = { title: "Roles" };

/** What each role may do; open to everybody who is signed in. */
export default async function RolesPage() {
  await requireActor();
  return (
    <>
      <PageHeader
        title="Roles"
        crumbs={[{ label: "Admin", href: "/admin" }]}
        meta="The rules as the product applies them. They are part of the program and change with its releases."
      />
      <div className="flex flex-col gap-6">
        <Panel
          title="Who does what"
          hint="A person may hold several roles, each everywhere or for a department."
        >
          <RoleTable />
        </Panel>
        <Panel
          title="Which role may do what"
          hint="Where a role is held for a department, what concerns a department is limited to it, and the rest is not given."
        >
          <PermissionTable />
        </Panel>
      </div>
    </>
  );
}
