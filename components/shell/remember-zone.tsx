"use client";
import { useEffect } from "react";
import { savePreference } from "./save-preference";

/** On the first visit tells the server this device's zone; the answer is the page drawn anew in it. */
export function RememberZone({ isKnown }: { readonly isKnown: boolean }) {
  useEffect(() => {
    if (isKnown) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    void savePreference("zone", zone);
  }, [isKnown]);
  return null;
}
