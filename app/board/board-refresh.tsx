"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

const everyMs = 15_000;
const staleMs = 60_000;

/** Asks for the figures again every 15 seconds, and says so across the screen when none have come for a minute. */
export function BoardRefresh({ asOf }: { readonly asOf: number | undefined }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  // Begins anew with every answer, by this screen's own clock: it may be wrong, but it runs evenly.
  return asOf === undefined ? null : <NoAnswer key={asOf} />;
}

/** Says nothing for a minute. */
function NoAnswer() {
  const [isStale, setIsStale] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsStale(true), staleMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isStale) return null;
  return (
    <p role="alert" className="fixed inset-x-0 top-0 bg-critical-tint px-[3vw] py-3 text-left text-critical">
      These figures are old: Signalbox has not answered for more than a minute.
    </p>
  );
}
