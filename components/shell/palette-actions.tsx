"use client";
import { showTheme } from "./account-menu";
import { Hint, Item, ItemGroup } from "./palette-item";
import { savePreference } from "./save-preference";
import { useShell } from "./shell-context";

/** What can be done from anywhere. */
export function PaletteActions({ onClose }: { readonly onClose: () => void }) {
  const { isLive, setLive, setOverlay } = useShell();
  const act = (run: () => void) => () => {
    onClose();
    run();
  };
  const theme = (name: "light" | "dark" | "system") =>
    act(() => {
      showTheme(name);
      void savePreference("theme", name);
    });
  return (
    <ItemGroup heading="Do">
      <Item value="time range" onSelect={act(() => setOverlay("range"))}>
        Change the time range
      </Item>
      <Item value={isLive ? "pause" : "go live"} onSelect={act(() => setLive(!isLive))}>
        {isLive ? "Pause live figures" : "Go live"}
      </Item>
      <Item value="theme light" onSelect={theme("light")}>
        Theme: light
      </Item>
      <Item value="theme dark" onSelect={theme("dark")}>
        Theme: dark
      </Item>
      <Item value="theme system" onSelect={theme("system")}>
        Theme: as the system
      </Item>
      <Item value="keyboard shortcuts help" onSelect={act(() => setOverlay("keys"))}>
        Keyboard shortcuts
        <Hint>?</Hint>
      </Item>
    </ItemGroup>
  );
}
