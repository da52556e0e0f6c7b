"use client";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { IconButton } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Logo } from "./logo";
import { NavIcon } from "./nav-icon";
import { currentEntry, type NavEntry, type NavGroup } from "./navigation";
import { savePreference } from "./save-preference";

export type RailProps = { readonly groups: readonly NavGroup[]; readonly isCollapsed: boolean };

/** The left rail from tablet width on: icons and words, or icons alone. */
export function Rail({ groups, isCollapsed: wasCollapsed }: RailProps) {
  const [isCollapsed, setIsCollapsed] = useState(wasCollapsed);
  const current = currentEntry(groups, usePathname());
  const toggle = () => {
    setIsCollapsed(!isCollapsed);
    void savePreference("rail", isCollapsed ? "open" : "collapsed");
  };
  return (
    <nav
      aria-label="Main"
      data-screen-only
      className={classNames(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-sunken md:flex",
        isCollapsed ? "w-12" : "w-44",
      )}
    >
      <Link
        href="/"
        prefetch={false}
        aria-label="Signalbox, overview"
        className="flex h-12 items-center gap-2 px-3 font-semibold"
      >
        <Logo />
        {isCollapsed ? null : "Signalbox"}
      </Link>
      <div className="flex-1 overflow-y-auto px-1.5 py-2">
        {groups
          .filter((group) => group.entries.length > 0)
          .map((group) => (
            <div key={group.title} className="mb-3">
              {isCollapsed ? null : <p className="label-caps mb-0.5 px-2 text-[0.6875rem]">{group.title}</p>}
              <ul>
                {group.entries.map((entry) => (
                  <li key={entry.href}>
                    <RailLink entry={entry} isCurrent={entry === current} isCollapsed={isCollapsed} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
      <div className="border-t border-line p-1.5">
        <IconButton
          label={isCollapsed ? "Open the rail" : "Collapse the rail"}
          aria-expanded={!isCollapsed}
          onClick={toggle}
        >
          {isCollapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </IconButton>
      </div>
    </nav>
  );
}

function RailLink({ entry, isCurrent, isCollapsed }: RailLinkProps) {
  return (
    <Link
      href={entry.href}
      // A page of figures prefetched now would be stale when opened, and cost a render for each entry.
      prefetch={false}
      title={isCollapsed ? entry.label : undefined}
      aria-current={isCurrent ? "page" : undefined}
      className={classNames(
        "relative flex h-8 items-center gap-2.5 rounded-sm px-2.5",
        isCurrent
          ? "bg-raised font-medium text-ink before:absolute before:inset-y-1.5 before:-left-1.5 before:w-0.5 before:bg-accent"
          : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <NavIcon name={entry.icon} />
      <span className={isCollapsed ? "sr-only" : "truncate"}>{entry.label}</span>
      {entry.count ? (
        <span
          className={classNames(
            "ml-auto text-12 font-medium tabular-nums text-ink",
            isCollapsed && "absolute top-0 right-0.5",
          )}
        >
          {entry.count}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </Link>
  );
}
type RailLinkProps = {
  readonly entry: NavEntry;
  readonly isCurrent: boolean;
  readonly isCollapsed: boolean;
};
