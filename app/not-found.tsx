import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-3xl px-4 py-12">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing at this address."
        actions={<LinkButton href="/">Go to the overview</LinkButton>}
      >
        The interface, message or page may have been removed, or lie outside what your role may open.
      </EmptyState>
    </main>
  );
}
