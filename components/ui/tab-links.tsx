import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type TabLink = { readonly key: string; readonly label: ReactNode; readonly href: string };
export type TabLinksProps = {
  readonly label: string;
  readonly tabs: readonly TabLink[];
  readonly current: string;
};

/** Tabs whose state is in the URL: links, so that each view can be pasted into a chat. */
export function TabLinks({ label, tabs, current }: TabLinksProps) {
  return (
    <nav aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          href={tab.href}
          prefetch={false}
          scroll={false}
          aria-current={tab.key === current ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex h-8 shrink-0 items-center gap-1.5 border-b-2 px-2.5",
            tab.key === current
              ? "border-accent font-medium text-ink"
              : "border-transparent text-muted hover:text-ink",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
