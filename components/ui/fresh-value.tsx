"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { classNames } from "./class-names";

export type FreshValueProps = {
  /** What decides whether it changed, usually the raw number. */
  readonly value: string | number | null;
  readonly children: ReactNode;
};

/** A figure that fades in from a tint when a live refresh changed it. Never on first sight, never blinking. */
export function FreshValue({ value, children }: FreshValueProps) {
  const seen = useRef(value);
  const [isFresh, setIsFresh] = useState(false);
  useEffect(() => {
    if (seen.current === value) return;
    seen.current = value;
    setIsFresh(true);
    const timer = setTimeout(() => setIsFresh(false), FADE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return <span className={classNames("rounded-sm", isFresh && "value-changed")}>{children}</span>;
}

/** Length of the `value-changed` animation in globals.css. */
const FADE_MS = 1200;
