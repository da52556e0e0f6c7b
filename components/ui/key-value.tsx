import type { ReactNode } from "react";

export type KeyValueItem = { readonly key: string; readonly value: ReactNode };

/** Terms and their values, aligned in two columns; one column on a phone. */
export function KeyValueList({ items }: { readonly items: readonly KeyValueItem[] }) {
  return (
    <dl className="grid content-start gap-x-6 gap-y-0.5 md:grid-cols-[minmax(8rem,max-content)_1fr]">
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="mt-1 text-muted md:mt-0">{item.key}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
