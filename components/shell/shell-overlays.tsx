"use client";
import dynamic from "next/dynamic";
import type { CommandPaletteProps } from "./command-palette";
import { useShell } from "./shell-context";

// Both are loaded on first use: most visits never open them.
const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette), {
  ssr: false,
});
const KeyboardHelp = dynamic(() => import("./keyboard-help").then((module) => module.KeyboardHelp), {
  ssr: false,
});

export type ShellOverlaysProps = Omit<CommandPaletteProps, "onClose">;

/** The palette and the keyboard help, when open. */
export function ShellOverlays(props: ShellOverlaysProps) {
  const { overlay, setOverlay, isSingleKeysOn } = useShell();
  const close = () => setOverlay("none");
  if (overlay === "palette") return <CommandPalette {...props} onClose={close} />;
  if (overlay !== "keys") return null;
  return <KeyboardHelp groups={props.groups} isSingleKeysOn={isSingleKeysOn} onClose={close} />;
}
