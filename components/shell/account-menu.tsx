"use client";
import { CircleUserRound } from "lucide-react";
import { type ReactNode, useTransition } from "react";
import { IconButton } from "../ui/button";
import { CornerPanel } from "../ui/dialog";
import { SegmentedControl } from "../ui/segmented-control";
import type { Density, PreferenceName, Preferences, Theme } from "./preferences";
import { savePreference } from "./save-preference";
import { useShell } from "./shell-context";

export type AccountMenuProps = {
  readonly account: { readonly name: string; readonly role: string };
  readonly preferences: Preferences;
  /** The form that signs out, brought by whoever owns sessions. */
  readonly signOut: ReactNode;
  /** Further links, e.g. security settings. */
  readonly links?: ReactNode;
};

/** Who I am, how it looks, and the way out. */
export function AccountMenu({ account, preferences, signOut, links }: AccountMenuProps) {
  const { overlay, setOverlay, isSingleKeysOn } = useShell();
  const [, startTransition] = useTransition();
  const save = (name: PreferenceName, value: string) => startTransition(() => savePreference(name, value));
  return (
    <CornerPanel
      title={account.name}
      description={account.role}
      isOpen={overlay === "account"}
      onOpenChange={(isOpen) => setOverlay(isOpen ? "account" : "none")}
      trigger={
        <IconButton label={`Account of ${account.name}`}>
          <CircleUserRound aria-hidden />
        </IconButton>
      }
    >
      <div className="flex flex-col gap-3">
        <Choice<Theme>
          legend="Theme"
          name="theme"
          value={preferences.theme}
          options={{ system: "As the system", light: "Light", dark: "Dark" }}
          onChange={(theme) => {
            showTheme(theme);
            save("theme", theme);
          }}
        />
        <Choice<Density>
          legend="Rows"
          name="density"
          value={preferences.density}
          options={{ dense: "Dense", comfortable: "Comfortable" }}
          onChange={(density) => {
            document.documentElement.setAttribute("data-density", density);
            save("density", density);
          }}
        />
        <Choice<"on" | "off">
          legend="Single-key shortcuts"
          name="keys"
          value={isSingleKeysOn ? "on" : "off"}
          options={{ on: "On", off: "Off" }}
          onChange={(keys) => save("keys", keys)}
        />
        <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
          {links}
          {signOut}
        </div>
      </div>
    </CornerPanel>
  );
}

/** At once on screen; the cookie lets the server draw the next page the same way. */
export function showTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
}

function Choice<Value extends string>({ legend, name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span>{legend}</span>
      <SegmentedControl
        legend={legend}
        name={name}
        defaultValue={value}
        segments={segmentsOf(options)}
        onChange={onChange}
      />
    </div>
  );
}
type ChoiceProps<Value extends string> = {
  readonly legend: string;
  readonly name: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
};

/** Object.keys forgets the literal type; the record's own keys are exactly its values. */
function segmentsOf<Value extends string>(options: Readonly<Record<Value, string>>) {
  const values = Object.keys(options) as Value[];
  return values.map((value) => ({ value, label: options[value] }));
}
