import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { hasSecondFactor } from "@/lib/auth/current-second-factor";
import { offerTotp } from "@/lib/auth/enrol-totp";
import { passkeySite } from "@/lib/auth/passkey-site";
import { requirePending } from "@/lib/http/pending-session";
import { safeNext, withNext } from "@/lib/http/safe-next";
import { EnrolSteps } from "./enrol-steps";
import { QrCode } from "./qr-code";

export const metadata: Metadata = { title: "Set up your second factor" };

type PageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** Between the first password and the first page: nobody gets on without a second factor. */
export default async function EnrolPage({ searchParams }: PageProps) {
  const { next: wanted } = await searchParams;
  const next = safeNext(typeof wanted === "string" ? wanted : undefined);
  const { live, isFactorOwed } = await requirePending(next);
  // Once confirmed, this page is drawn again while the recovery codes are still to be read: it must stay.
  if (!isFactorOwed) return <EnrolSteps next={next} />;
  if (await hasSecondFactor(live)) redirect(withNext("/challenge", next));
  const { secret, uri, sealed } = await offerTotp(live, new Date());
  const qr = <QrCode text={uri} label="QR code for your authenticator app" />;
  return <EnrolSteps next={next} offer={{ secret, uri, sealed, qr, passkeys: passkeySite() }} />;
}
