"use client";
import { Pause, Play } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";
import { classNames } from "../ui/class-names";
import { useShell } from "./shell-context";

/**
 * Asks the server for the page again every `everyMs` (default 15 s) while live. It waits while the tab is hidden, a person
 * selects text, types, or has a menu or dialog open, so that nothing moves under the hand; scroll stays where it is.
 */
export function LiveRefresh({ everyMs = 15_000 }: { readonly everyMs?: number }) {
  const { isLive } = useShell();
  const router = useRouter();
  const isFixed = useSearchParams().has("from");
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (!isLive || isFixed || isPending) return;
    const timer = setInterval(() => {
      if (!isPersonBusy()) startTransition(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [isLive, isFixed, isPending, everyMs, router]);
  return null;
}

/** Live or paused, in the top bar. A fixed range does not move, so there is nothing to pause. */
export function LiveToggle() {
  const { isLive, setLive } = useShell();
  const isFixed = useSearchParams().has("from");
  if (isFixed) return null;
  return (
    <button
      type="button"
      aria-pressed={isLive}
      title={isLive ? "Figures refresh by themselves. Pause" : "Figures stand still. Go live"}
      onClick={() => setLive(!isLive)}
      className={classNames(
        "inline-flex h-control min-w-6 items-center gap-1.5 rounded-sm px-2 text-muted hover:bg-hover hover:text-ink",
        !isLive && "bg-notice-tint text-ink",
      )}
    >
      {isLive ? <Pause aria-hidden className="size-3.5" /> : <Play aria-hidden className="size-3.5" />}
      <span className="max-md:sr-only">{isLive ? "Live" : "Paused"}</span>
    </button>
  );
}

function isPersonBusy(): boolean {
  if (document.visibilityState !== "visible") return true;
  if (document.getSelection()?.isCollapsed === false) return true;
  const focused = document.activeElement;
  if (focused?.matches("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable=true]"))
    return true;
  return document.querySelector("[role=dialog],[role=menu],[role=listbox],[data-busy]") !== null;
}
