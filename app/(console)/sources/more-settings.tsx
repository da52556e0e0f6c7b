"use client";
import { type ReactNode, useState } from "react";

type MoreSettingsProps = {
  /** What is inside, told while it is closed. */
  readonly titles: readonly string[];
  readonly hasError: boolean;
  readonly children: ReactNode;
};

/** Settings that have sensible defaults, closed until asked for or until one of them was refused. */
export function MoreSettings({ titles, hasError, children }: MoreSettingsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details open={isOpen || hasError} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="min-h-6 cursor-pointer font-medium hover:text-ink">
        More settings
        {isOpen ? null : <span className="block text-12 font-normal text-muted">{titles.join(" · ")}</span>}
      </summary>
      <div className="mt-3 flex flex-col gap-4">{children}</div>
    </details>
  );
}
