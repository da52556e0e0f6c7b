"use server";
import { offerMyApp } from "@/lib/auth/current-second-factor";
import { type ActionResult, settle } from "@/lib/http/action";
import type { AppOffer } from "../../(auth)/enrol/app-form";
import { QrCode } from "../../(auth)/enrol/qr-code";

/** An authenticator app to add beside a passkey, after a fresh factor. */
export async function offerApp(): Promise<ActionResult<AppOffer>> {
  return settle(async () => {
    const { secret, uri, sealed } = await offerMyApp();
    return { secret, uri, sealed, qr: <QrCode text={uri} label="QR code for your authenticator app" /> };
  });
}
