"use client";
import { useEffect, useEffectEvent, useState } from "react";

type TimeLeftProps = {
  /** From when this was drawn; the server's clock, so that a wrong clock here changes nothing. */
  readonly remainingMs: number;
  readonly onOver: () => void;
};

/** "9:41", counted down; tells when it is over, also after the device slept. */
export function TimeLeft({ remainingMs, onOver }: TimeLeftProps) {
  const [leftMs, setLeftMs] = useState(remainingMs);
  const over = useEffectEvent(onOver);
  useEffect(() => {
    const endMs = Date.now() + remainingMs;
    const look = () => {
      const left = Math.max(endMs - Date.now(), 0);
      setLeftMs(left);
      if (left > 0) return;
      stop();
      over();
    };
    const ticking = setInterval(look, 500);
    document.addEventListener("visibilitychange", look);
    const stop = () => {
      clearInterval(ticking);
      document.removeEventListener("visibilitychange", look);
    };
    look();
    return stop;
  }, [remainingMs]);
  const seconds = Math.ceil(leftMs / 1000);
  return (
    <span className="font-mono tabular-nums" role="timer" aria-label="Time left">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}
