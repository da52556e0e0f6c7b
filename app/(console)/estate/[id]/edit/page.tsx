import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/http/actor";
import { listSourceNames } from "@/lib/services/estate/list-source-names";
import { readSystem } from "@/lib/services/estate/read-system";
import { orNotFound } from "../../../or-not-found";
import { SystemForm } from "../../system-form";

export const metadata: Metadata = { title: "Change a system" };

export default async function EditSystemPage({ params }: { params: Promise<{ readonly id: string }> }) {
  const [actor, { id }] = await Promise.all([requireActor(), params]);
  const [system, sources] = await Promise.all([
    orNotFound(readSystem(actor, { id })),
    listSourceNames(actor, {}),
  ]);
  return (
    <>
      <PageHeader
        title={`Change ${system.name}`}
        crumbs={[
          { label: "Estate", href: "/estate" },
          { label: system.name, href: `/estate/${id}` },
        ]}
      />
      <SystemForm system={{ ...system, sourceId: system.source?.id }} sources={sources} />
    </>
  );
}
