"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { classNames } from "./class-names";

export type CopyableIdProps = {
  /** What is copied, in full. */
  readonly value: string;
  /** What kind of identifier it is, for the spoken name: "control id", "accession". */
  readonly kind: string;
  /** Shown instead of the full value where space is short. */
  readonly short?: string;
  readonly className?: string;
};

/** An identifier in mono with a copy button. The text stays selectable. */
export function CopyableId({ value, kind, short, className }: CopyableIdProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setIsCopied(true);
  };
  return (
    <span className={classNames("group/id inline-flex max-w-full items-center gap-0.5", className)}>
      <span className="truncate font-mono text-[0.92em]" title={short ? value : undefined}>
        {short ?? value}
      </span>
      <button
        type="button"
        aria-label={isCopied ? `Copied ${kind}` : `Copy ${kind}`}
        title={isCopied ? "Copied" : `Copy ${kind}`}
        onClick={() => void copy()}
        className="inline-grid size-6 shrink-0 place-items-center rounded-sm text-muted opacity-60 hover:bg-hover hover:text-ink hover:opacity-100 focus-visible:opacity-100 group-hover/id:opacity-100"
      >
        {isCopied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
      </button>
    </span>
  );
}
