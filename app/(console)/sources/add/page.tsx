import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/http/actor";
import { listSourceKinds } from "@/lib/services/sources/list-source-kinds";
import { AddSourceForm } from "./add-source-form";
import { KindList } from "./kind-list";

export const metadata: Metadata = { title: "Add a source" };

type PageProps = { readonly searchParams: Promise<{ readonly kind?: string | string[] }> };

export default async function AddSourcePage({ searchParams }: PageProps) {
  const kinds = await listSourceKinds(await requireActor(), {});
  const { kind } = await searchParams;
  const chosen = kinds.find((known) => known.kind === kind) ?? kinds[0];
  if (chosen === undefined) return null;
  return (
    <>
      <PageHeader title="Add a source" crumbs={[{ label: "Sources", href: "/sources" }]} />
      <div className="flex flex-col gap-6 lg:flex-row lg:gap-10">
        <KindList kinds={kinds} current={chosen.kind} />
        <div className="min-w-0 flex-1">
          <AddSourceForm key={chosen.kind} kind={chosen} />
        </div>
      </div>
    </>
  );
}
