import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { readInvitation } from "@/lib/services/users/accept-invitation";
import { JoinForm } from "./join-form";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

type PageProps = { readonly params: Promise<{ readonly token: string }> };

/** Where an invited person sets name and password. A link that does not hold says the same whatever the cause. */
export default async function InvitationPage({ params }: PageProps) {
  const { token } = await params;
  const invited = await readInvitation(token, new Date());
  if (invited === undefined) {
    return (
      <div className="flex flex-col items-start gap-3">
        <h1 className="text-20 font-semibold">This link does not hold</h1>
        <p className="text-muted">
          It works once and for 72 hours, and a newer one replaces it. Ask whoever invited you for a new link.
        </p>
        <LinkButton href="/sign-in">Sign in instead</LinkButton>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">Welcome to Signalbox</h1>
      <p className="text-muted">You will sign in as {invited.email}.</p>
      <JoinForm token={token} name={invited.name} />
    </div>
  );
}
