"use client";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { classNames } from "./class-names";

export type DialogProps = {
  /** The button that opens it (one element). Leave out when `isOpen` is steered from outside. */
  readonly trigger?: ReactNode;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Buttons at the end; wrap the one that cancels in `DialogClose`. */
  readonly footer?: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

/** A question in the middle of the screen. Focus is kept inside, Escape closes. */
export function Dialog(props: DialogProps) {
  return (
    <Overlay
      {...props}
      className="top-1/2 left-1/2 max-h-[85dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-md border"
    />
  );
}

/** A panel from the right (from below on a phone) that leaves the page's place readable: peeks and filters. */
export function Sheet(props: DialogProps) {
  return (
    <Overlay
      {...props}
      className="inset-x-0 bottom-0 max-h-[88dvh] rounded-t-md border-t md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-[30rem] md:rounded-none md:border-t-0 md:border-l"
    />
  );
}

/** A small panel under the right end of the top bar (from below on a phone): time range, account. */
export function CornerPanel(props: DialogProps) {
  return (
    <Overlay
      {...props}
      isScrimLight
      className="inset-x-0 bottom-0 max-h-[88dvh] rounded-t-md border-t md:top-13 md:right-3 md:bottom-auto md:left-auto md:max-h-[calc(100dvh-5rem)] md:w-96 md:rounded-md md:border"
    />
  );
}

export const DialogClose = Primitive.Close;

function Overlay({ trigger, title, description, children, footer, ...rest }: OverlayProps) {
  const { isOpen, onOpenChange, className, isScrimLight = false } = rest;
  return (
    <Primitive.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay
          className={classNames(
            "fixed inset-0 z-40",
            isScrimLight ? "bg-scrim md:bg-transparent" : "bg-scrim",
          )}
        />
        <Primitive.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={classNames(
            "fixed z-50 flex flex-col border-line bg-raised shadow-overlay focus:outline-none",
            className,
          )}
        >
          <header className="flex items-start justify-between gap-3 border-b border-line px-4 py-2.5">
            <div>
              <Primitive.Title className="text-14 font-semibold">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description asChild>
                  <div className="text-12 text-muted">{description}</div>
                </Primitive.Description>
              ) : null}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close">
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-2.5">
              {footer}
            </footer>
          ) : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
type OverlayProps = DialogProps & { readonly className: string; readonly isScrimLight?: boolean };
