"use client";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

/** What the shell's client leaves share. */
export type ShellState = {
  /** Zone used where the address names none. */
  readonly defaultZone: string;
  readonly isSingleKeysOn: boolean;
  readonly isLive: boolean;
  readonly setLive: (isLive: boolean) => void;
  readonly overlay: ShellOverlay;
  readonly setOverlay: (overlay: ShellOverlay) => void;
};
export type ShellOverlay = "none" | "palette" | "keys" | "range" | "account" | "more";

export function ShellProvider({ defaultZone, isSingleKeysOn, children }: ShellProviderProps) {
  const [isLive, setLive] = useState(true);
  const [opened, setOpened] = useState<{ readonly overlay: ShellOverlay; readonly pathname: string }>();
  const pathname = usePathname();
  // An overlay belongs to the page it was opened on: a link followed inside it closes it.
  const overlay = opened?.pathname === pathname ? opened.overlay : "none";
  const state = useMemo(() => {
    const setOverlay = (next: ShellOverlay) => setOpened({ overlay: next, pathname });
    return { defaultZone, isSingleKeysOn, isLive, setLive, overlay, setOverlay };
  }, [defaultZone, isSingleKeysOn, isLive, overlay, pathname]);
  return <ShellContext.Provider value={state}>{children}</ShellContext.Provider>;
}
type ShellProviderProps = {
  readonly defaultZone: string;
  readonly isSingleKeysOn: boolean;
  readonly children: ReactNode;
};

/** Outside the shell (sign-in, set-up) everything is off and nothing refreshes. */
export function useShell(): ShellState {
  return useContext(ShellContext);
}

const ShellContext = createContext<ShellState>({
  defaultZone: "UTC",
  isSingleKeysOn: false,
  isLive: false,
  setLive: () => undefined,
  overlay: "none",
  setOverlay: () => undefined,
});
