"use client";
import { Command } from "cmdk";
import type { ReactNode } from "react";

/** A titled run of entries. */
export function ItemGroup({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:label-caps [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1"
    >
      {children}
    </Command.Group>
  );
}

/** One entry; `value` is what typing is matched against. */
export function Item({ value, keywords, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      {...(keywords ? { keywords } : {})}
      className="flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-sm px-2.5 data-[selected=true]:bg-accent-tint"
    >
      {children}
    </Command.Item>
  );
}
type ItemProps = {
  readonly value: string;
  readonly keywords?: string[];
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

/** Muted text at an entry's end. */
export function Hint({ children }: { readonly children: ReactNode }) {
  return <span className="truncate text-12 text-muted">{children}</span>;
}
