"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { savePreference } from "./save-preference";

/** On the first visit tells the server this device's zone; from then on pages are drawn in it. */
export function RememberZone({ isKnown }: { readonly isKnown: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (isKnown) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    void savePreference("zone", zone).then(() => router.refresh());
  }, [isKnown, router]);
  return null;
}
