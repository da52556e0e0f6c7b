import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/http/actor";
import { listSourceNames } from "@/lib/services/estate/list-source-names";
import { SystemForm } from "../system-form";

export const metadata: Metadata = { title: "Add a system" };

export default async function AddSystemPage() {
  const sources = await listSourceNames(await requireActor(), {});
  return (
    <>
      <PageHeader title="Add a system" crumbs={[{ label: "Estate", href: "/estate" }]} />
      <SystemForm system={undefined} sources={sources} />
    </>
  );
}
