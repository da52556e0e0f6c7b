"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { currentEntry, type NavGroup } from "./navigation";

/** Group and entry of the current page, in the top bar; the page's own name is its h1. */
export function WhereAmI({ groups }: { readonly groups: readonly NavGroup[] }) {
  const current = currentEntry(groups, usePathname());
  if (!current) return null;
  const group = groups.find(({ entries }) => entries.includes(current));
  return (
    <p className="flex min-w-0 items-center gap-1.5">
      <span className="text-muted max-md:hidden">
        {group?.title} <span aria-hidden>/</span>
      </span>
      <Link href={current.href} prefetch={false} className="truncate font-medium hover:underline">
        {current.label}
      </Link>
    </p>
  );
}
