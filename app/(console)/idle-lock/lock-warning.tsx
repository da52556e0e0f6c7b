"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Lamp } from "@/components/ui/lamp";

type LockWarningProps = { readonly lockAtMs: number; readonly onStay: () => void };

/** A line at the foot of the page for the last minute. While it stands, nothing refreshes by itself. */
export function LockWarning({ lockAtMs, onStay }: LockWarningProps) {
  const leftS = useSecondsUntil(lockAtMs);
  return (
    <div
      data-busy
      className="fixed inset-x-3 bottom-16 z-60 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-md border border-line-strong bg-raised px-4 py-2.5 shadow-overlay md:bottom-4"
    >
      <Lamp state="warning" />
      <p className="min-w-0 flex-1">
        <span role="alert">Nobody used this page for a while: it locks within a minute.</span>{" "}
        <span className="tabular-nums text-muted" aria-hidden>
          {leftS} s
        </span>
      </p>
      <Button look="primary" onClick={onStay}>
        Go on working
      </Button>
    </div>
  );
}

function useSecondsUntil(untilMs: number): number {
  const [leftS, setLeftS] = useState(() => secondsUntil(untilMs));
  useEffect(() => {
    const timer = setInterval(() => setLeftS(secondsUntil(untilMs)), 1_000);
    return () => clearInterval(timer);
  }, [untilMs]);
  return leftS;
}

function secondsUntil(untilMs: number): number {
  return Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000));
}
