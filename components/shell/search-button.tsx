"use client";
import { Search } from "lucide-react";
import { useShell } from "./shell-context";

/** Opens the palette; shaped like the search field people look for. */
export function SearchButton() {
  const { setOverlay } = useShell();
  return (
    <button
      type="button"
      aria-label="Search and commands"
      aria-keyshortcuts="Control+K"
      onClick={() => setOverlay("palette")}
      className="inline-flex h-control min-w-control items-center gap-2 rounded-sm border border-line-strong bg-raised px-2 text-muted hover:text-ink lg:w-56"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="hidden lg:inline">Search</span>
      <kbd className="ml-auto hidden font-mono text-12 lg:inline">Ctrl K</kbd>
    </button>
  );
}
