"use client";
import { useEffect } from "react";

const everyMs = 60_000;

/**
 * Tells the server, at most once a minute, that a person uses mouse or keys on this page. Only that keeps a session
 * alive between page loads: figures that refresh by themselves do not.
 */
export function HandsOn() {
  useEffect(() => {
    let toldAtMs = Number.NEGATIVE_INFINITY;
    const tell = () => {
      if (performance.now() - toldAtMs < everyMs) return;
      toldAtMs = performance.now();
      void fetch("/api/session", { method: "POST" }).catch(() => undefined);
    };
    const events = ["pointerdown", "keydown"] as const;
    for (const name of events) window.addEventListener(name, tell, { passive: true });
    return () => {
      for (const name of events) window.removeEventListener(name, tell);
    };
  }, []);
  return null;
}
