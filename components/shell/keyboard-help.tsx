"use client";
import type { ReactNode } from "react";
import { Dialog } from "../ui/dialog";
import type { NavGroup } from "./navigation";

export type KeyboardHelpProps = {
  readonly groups: readonly NavGroup[];
  readonly isSingleKeysOn: boolean;
  readonly onClose: () => void;
};

/** Every shortcut there is. Loaded when first asked for. */
export function KeyboardHelp({ groups, isSingleKeysOn, onClose }: KeyboardHelpProps) {
  const goTo = groups.flatMap((group) => group.entries).filter((entry) => entry.key !== undefined);
  return (
    <Dialog
      title="Keyboard"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      {...(isSingleKeysOn
        ? {}
        : { description: "Single keys are switched off; the account menu switches them on." })}
    >
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <KeyGroup title="Anywhere">
          <Keys keys={["Ctrl", "K"]}>Command palette</Keys>
          <Keys keys={["/"]}>Search</Keys>
          <Keys keys={["?"]}>This help</Keys>
          <Keys keys={["Esc"]}>Close</Keys>
        </KeyGroup>
        <KeyGroup title="Tables and charts">
          <Keys keys={["j"]}>Next row</Keys>
          <Keys keys={["k"]}>Previous row</Keys>
          <Keys keys={["Enter"]}>Open row, bar or cell</Keys>
          <Keys keys={["x"]}>Select row</Keys>
          <Keys keys={["←", "→"]}>Move in a chart</Keys>
        </KeyGroup>
        <KeyGroup title="Go to">
          {goTo.map((entry) => (
            <Keys key={entry.href} keys={["g", entry.key ?? ""]}>
              {entry.label}
            </Keys>
          ))}
        </KeyGroup>
      </div>
    </Dialog>
  );
}

function KeyGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="label-caps mb-1">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function Keys({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <li className="flex min-h-7 items-center justify-between gap-4">
      {children}
      <span className="flex gap-1">
        {keys.map((key) => (
          <kbd key={key} className="rounded-sm border border-line bg-sunken px-1.5 font-mono text-12">
            {key}
          </kbd>
        ))}
      </span>
    </li>
  );
}
