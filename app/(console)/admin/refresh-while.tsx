"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks for the page again every two seconds for as long as something on it is under way. */
export function RefreshWhile({ isUnderWay }: { readonly isUnderWay: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [isUnderWay, router]);
  return null;
}

const everyMs = 2_000;
