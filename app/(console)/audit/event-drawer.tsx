"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Sheet } from "@/components/ui/dialog";

type EventDrawerProps = {
  readonly title: string;
  /** The page without the drawer. */
  readonly closeHref: string;
  readonly children: ReactNode;
};

/** A panel beside the list whose being open is in the address. */
export function EventDrawer({ title, closeHref, children }: EventDrawerProps) {
  const router = useRouter();
  return (
    <Sheet
      title={title}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) router.push(closeHref, { scroll: false });
      }}
    >
      {children}
    </Sheet>
  );
}
