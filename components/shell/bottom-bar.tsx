"use client";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names";
import { Sheet } from "../ui/dialog";
import { NavIcon } from "./nav-icon";
import { currentEntry, type NavGroup } from "./navigation";
import { useShell } from "./shell-context";

/** The phone's bar: three entries and "More", which opens all of them from below. */
export function BottomBar({ groups }: { readonly groups: readonly NavGroup[] }) {
  const { overlay, setOverlay } = useShell();
  const current = currentEntry(groups, usePathname());
  const near = groups.flatMap((group) => group.entries.filter((entry) => entry.isOnPhoneBar)).slice(0, 3);
  const isElsewhere = current !== undefined && !near.includes(current);
  return (
    <nav
      aria-label="Main, phone"
      data-screen-only
      className="fixed inset-x-0 bottom-0 z-30 grid grid-flow-col auto-cols-fr border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {near.map((entry) => (
        <Link
          key={entry.href}
          href={entry.href}
          prefetch={false}
          aria-current={entry === current ? "page" : undefined}
          className={classNames(slotClass, entry === current ? "text-ink" : "text-muted")}
        >
          <NavIcon name={entry.icon} />
          {entry.label}
        </Link>
      ))}
      <Sheet
        title="All pages"
        isOpen={overlay === "more"}
        onOpenChange={(isOpen) => setOverlay(isOpen ? "more" : "none")}
        trigger={
          <button type="button" className={classNames(slotClass, isElsewhere ? "text-ink" : "text-muted")}>
            <Ellipsis aria-hidden className="size-4" />
            More
          </button>
        }
      >
        <MoreList groups={groups} onChoose={() => setOverlay("none")} />
      </Sheet>
    </nav>
  );
}

const slotClass = "flex h-13 flex-col items-center justify-center gap-0.5 text-12 font-medium";

function MoreList({ groups, onChoose }: { groups: readonly NavGroup[]; onChoose: () => void }) {
  return groups.map((group) => (
    <div key={group.title} className="mb-3">
      <p className="label-caps mb-1">{group.title}</p>
      <ul className="grid grid-cols-2 gap-1">
        {group.entries.map((entry) => (
          <li key={entry.href}>
            <Link
              href={entry.href}
              prefetch={false}
              onClick={onChoose}
              className="flex h-10 items-center gap-2.5 rounded-sm border border-line px-3"
            >
              <NavIcon name={entry.icon} />
              {entry.label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}
