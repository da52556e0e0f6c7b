"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Logo } from "@/components/shell/logo";
import { buttonClass } from "@/components/ui/button";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { SignOutForm } from "../../(auth)/sign-out-form";
import { unlock } from "../../(auth)/unlock";
import { UnlockForm } from "../../(auth)/unlock-form";

type LockCoverProps = {
  readonly kind: "locked" | "over";
  readonly name: string;
  readonly choice: FactorChoice;
  readonly onUnlocked: () => void;
};

/**
 * Covers the whole page and makes all below it inert and invisible, to eyes and to assistive technology alike. The page
 * stays as it is under it, with open dialogs and what was typed into them.
 */
export function LockCover({ kind, name, choice, onUnlocked }: LockCoverProps) {
  const cover = useCover();
  return createPortal(
    <dialog
      ref={cover}
      data-lock
      data-busy
      aria-labelledby="lock-title"
      className="pointer-events-auto m-0 h-dvh max-h-none w-dvw max-w-none overflow-y-auto bg-surface text-ink"
    >
      <div className="mx-auto flex min-h-full w-full max-w-md flex-col gap-4 px-4 py-10 md:justify-center">
        <div className="flex items-center gap-2 border-b border-line-strong pb-3 font-semibold">
          <Logo />
          Signalbox
        </div>
        {kind === "locked" ? (
          <>
            <div>
              <p className="text-12 text-muted">Signed in as {name}</p>
              <h1 id="lock-title" className="text-20 font-semibold">
                Locked
              </h1>
            </div>
            <p className="text-muted">
              Nobody used Signalbox here for 30 minutes. What you were doing is kept: prove that it is you and
              go on where you were.
            </p>
            <UnlockForm choice={choice} unlock={unlock} onUnlocked={onUnlocked} />
            <SignOutForm />
          </>
        ) : (
          <SessionOver />
        )}
      </div>
    </dialog>,
    document.body,
  );
}

function SessionOver() {
  const query = useSearchParams().toString();
  const place = `${usePathname()}${query === "" ? "" : `?${query}`}`;
  return (
    <>
      <h1 id="lock-title" className="text-20 font-semibold">
        Your session is over
      </h1>
      <p className="text-muted">
        It was ended, or twelve hours have passed, or the account may no longer sign in. Sign in again to go
        on.
      </p>
      {/* A whole load: nothing that was drawn in this session outlives it. */}
      <a className={buttonClass("primary")} href={`/sign-in?next=${encodeURIComponent(place)}`}>
        Sign in
      </a>
    </>
  );
}

/** Keeps the cover on top of everything until it is taken away, whatever key or dialog below would have it closed. */
function useCover() {
  const cover = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = cover.current;
    if (shown === null) return;
    const before = document.activeElement;
    const show = () => (shown.open ? undefined : shown.showModal());
    // A dialog below must not take a click or Escape on the cover for one outside of itself, and close.
    const keep = (event: Event) => event.stopPropagation();
    const refuse = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    shown.addEventListener("pointerdown", keep);
    shown.addEventListener("close", show);
    window.addEventListener("keydown", refuse, { capture: true });
    document.documentElement.dataset["covered"] = "";
    show();
    return () => {
      shown.removeEventListener("close", show);
      window.removeEventListener("keydown", refuse, { capture: true });
      delete document.documentElement.dataset["covered"];
      shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return cover;
}
