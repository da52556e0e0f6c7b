import Form from "next/form";
import type { ReactNode } from "react";
import { Button, LinkButton } from "@/components/ui/button";

type FilterFormProps = {
  readonly action: string;
  /** Parameters that stay as they are: time range, sort. */
  readonly kept: Readonly<Record<string, string | undefined>>;
  /** Where "Clear" leads; undefined while nothing is filtered. */
  readonly clearHref: string | undefined;
  readonly children: ReactNode;
};

/** Filters in the address: works without script, and can be pasted to a colleague. */
export function FilterForm({ action, kept, clearHref, children }: FilterFormProps) {
  return (
    <Form action={action} scroll={false} className="mb-3 flex flex-wrap items-end gap-2">
      {Object.entries(kept).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
      <Button type="submit">Show</Button>
      {clearHref ? (
        <LinkButton look="quiet" href={clearHref}>
          Clear
        </LinkButton>
      ) : null}
    </Form>
  );
}
