"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { NavGroup } from "./navigation";
import { useShell } from "./shell-context";
import { followRow, moveRow, toggleRow } from "./table-rows";

/**
 * The shell's keys: Ctrl/⌘ K palette, `/` search, `g` + letter to a page, `j` `k` `x` in tables, `?` help.
 * Single keys count only outside text fields and dialogs, and can be switched off (WCAG 2.1.4).
 */
export function Keyboard({ groups }: { readonly groups: readonly NavGroup[] }) {
  const { isSingleKeysOn, setOverlay } = useShell();
  const router = useRouter();
  const lastGoAt = useRef(0);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        event.preventDefault();
        setOverlay("palette");
        return;
      }
      if (!isSingleKeysOn || isForElsewhere(event)) return;
      // A second key counts as "go to" within 1.2 s of `g`.
      const isGoing = event.timeStamp - lastGoAt.current < 1200;
      lastGoAt.current = event.key === "g" ? event.timeStamp : 0;
      const target = isGoing ? hrefForKey(groups, event.key) : undefined;
      if (target) router.push(target);
      else if (!runSingleKey(event.key, setOverlay)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", followRow);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", followRow);
    };
  }, [groups, isSingleKeysOn, router, setOverlay]);
  return null;
}

function runSingleKey(key: string, setOverlay: (overlay: "palette" | "keys") => void): boolean {
  switch (key) {
    case "/":
      if (!focusSearchField()) setOverlay("palette");
      return true;
    case "?":
      setOverlay("keys");
      return true;
    case "j":
      return moveRow(1);
    case "k":
      return moveRow(-1);
    case "x":
      return toggleRow();
    default:
      return false;
  }
}

/** A page's own search field carries `data-search` and wins over the palette. */
function focusSearchField(): boolean {
  const field = document.querySelector<HTMLElement>("[data-search]");
  field?.focus();
  return field !== null;
}

function hrefForKey(groups: readonly NavGroup[], key: string): string | undefined {
  return groups.flatMap((group) => group.entries).find((entry) => entry.key === key)?.href;
}

function isForElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return true;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable=true]"))
    return true;
  return document.querySelector("[role=dialog],[role=menu]") !== null;
}
