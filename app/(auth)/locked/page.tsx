import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { lockedSession } from "@/lib/auth/current-actor";
import { readFactorChoice } from "@/lib/auth/current-second-factor";
import { safeNext } from "@/lib/http/safe-next";
import { SignOutForm } from "../sign-out-form";
import { UnlockToForm } from "./unlock-to-form";

export const metadata: Metadata = { title: "Locked" };

type PageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** Where a page is opened in a session that was idle too long. */
export default async function LockedPage({ searchParams }: PageProps) {
  const { next: wanted } = await searchParams;
  const next = safeNext(typeof wanted === "string" ? wanted : undefined);
  const live = await lockedSession();
  if (live === undefined) redirect(next);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-12 text-muted">Signed in as {live.actor.name}</p>
        <h1 className="text-20 font-semibold">Locked</h1>
      </div>
      <p className="text-muted">Nobody used Signalbox here for 30 minutes. Prove that it is you to go on.</p>
      <UnlockToForm choice={await readFactorChoice(live.actor.id)} next={next} />
      <SignOutForm />
    </div>
  );
}
