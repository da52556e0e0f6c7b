import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { readFactorChoice } from "@/lib/auth/current-second-factor";
import { requirePending } from "@/lib/http/pending-session";
import { safeNext, withNext } from "@/lib/http/safe-next";
import { SignOutForm } from "../sign-out-form";
import { ChallengeForm } from "./challenge-form";

export const metadata: Metadata = { title: "Second factor" };

type PageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

export default async function ChallengePage({ searchParams }: PageProps) {
  const { next: wanted } = await searchParams;
  const next = safeNext(typeof wanted === "string" ? wanted : undefined);
  const { live, isFactorOwed } = await requirePending(next);
  if (!isFactorOwed) redirect(next);
  const choice = await readFactorChoice(live.actor.id);
  if (!choice.hasApp && !choice.hasPasskey) redirect(withNext("/enrol", next));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-12 text-muted">Signed in as {live.actor.name}, without a second factor so far</p>
        <h1 className="text-20 font-semibold">Give your second factor</h1>
      </div>
      <ChallengeForm next={next} choice={choice} />
      <SignOutForm />
    </div>
  );
}
