"use client";
import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export type TooltipProps = {
  readonly content: ReactNode;
  /** One focusable element: a tooltip nobody can reach by keyboard says nothing. */
  readonly children: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left";
};

/** A remark on hover or focus. Never the only place for something a person must know. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            className="z-50 max-w-72 rounded-sm border border-line bg-raised px-2 py-1 text-12 text-ink shadow-overlay"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
