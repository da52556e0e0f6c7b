import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tab-links";
import { requireActor } from "@/lib/http/actor";
import { listSourceKinds } from "@/lib/services/sources/list-source-kinds";
import { AddSourceForm } from "./add-source-form";

export const metadata: Metadata = { title: "Add a source" };

type PageProps = { readonly searchParams: Promise<{ readonly kind?: string | string[] }> };

export default async function AddSourcePage({ searchParams }: PageProps) {
  const kinds = await listSourceKinds(await requireActor(), {});
  const { kind } = await searchParams;
  const chosen = kinds.find((known) => known.kind === kind) ?? kinds[0];
  if (chosen === undefined) return null;
  const tabs = kinds.map((known) => ({
    key: known.kind,
    label: known.title,
    href: `/sources/add?kind=${encodeURIComponent(known.kind)}`,
  }));
  return (
    <>
      <PageHeader title="Add a source" crumbs={[{ label: "Sources", href: "/sources" }]} />
      <TabLinks label="Kind of source" tabs={tabs} current={chosen.kind} />
      <AddSourceForm key={chosen.kind} kind={chosen} />
    </>
  );
}
