"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { LockCover } from "./lock-cover";
import { LockWarning } from "./lock-warning";
import { type SessionWatch, type Standing, watchSession } from "./watch-session";

type IdleLockProps = { readonly name: string; readonly choice: FactorChoice };

/**
 * Locks the page in place after 30 minutes without hands on it: what it shows is covered, what was typed stays, and one
 * proof returns to it. A minute before, it says so.
 */
export function IdleLock({ name, choice }: IdleLockProps) {
  const router = useRouter();
  const [standing, setStanding] = useState<Standing>({ kind: "open" });
  const watch = useRef<SessionWatch>(undefined);
  useEffect(() => {
    const started = watchSession(setStanding, () => router.refresh());
    watch.current = started;
    return started.stop;
  }, [router]);
  const unlocked = () => {
    watch.current?.ask();
    router.refresh();
  };
  switch (standing.kind) {
    case "open":
      return null;
    case "warning":
      return <LockWarning lockAtMs={standing.lockAtMs} onStay={() => watch.current?.stay()} />;
    case "locked":
    case "over":
      return <LockCover kind={standing.kind} name={name} choice={choice} onUnlocked={unlocked} />;
  }
}
