import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** The first page of somebody whose roles open none of the product. */
export function NothingOpen() {
  return (
    <>
      <PageHeader title="No role opens anything for you yet" />
      <EmptyState title="You are signed in, and that is all so far.">
        An administrator gives roles under Admin, People. This page shows what they open as soon as you hold
        one.
      </EmptyState>
    </>
  );
}
