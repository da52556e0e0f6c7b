import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { useSyncExternalStore } from "react";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";

/** What a browser did with a passkey, or why it did nothing. */
type Done<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly message: string };

/** Has a passkey sign, after the browser has asked its person for touch, face or PIN. */
export function signWithPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON) {
  return doneOf(() => startAuthentication({ optionsJSON }));
}

/** Has the browser make a passkey. */
export function makePasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON) {
  return doneOf(() => startRegistration({ optionsJSON }));
}

/** Why no passkey can be used on this page, in a sentence; undefined where one can. */
export function usePasskeyObstacle(site: PasskeySite): string | undefined {
  const origin = useSyncExternalStore(
    neverChanges,
    () => location.origin,
    () => undefined,
  );
  if (site.kind === "not-offered") return obstacles[site.why];
  if (origin === undefined || origin === site.origin) return undefined;
  return `Passkeys work at ${site.origin} alone: browsers bind them to the name in the address. Open Signalbox there to use one.`;
}

const obstacles = {
  number:
    "Passkeys are not offered here: browsers bind them to a name, and this address is a number. Open Signalbox by the name of its server.",
  insecure: "Passkeys are not offered here: browsers allow them over HTTPS alone.",
} as const;

async function doneOf<Answer>(work: () => Promise<Answer>): Promise<Done<Answer>> {
  try {
    return { ok: true, answer: await work() };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    return { ok: false, message: said[name] ?? "This browser could not use a passkey here." };
  }
}

// Names of WebAuthn Level 3, 5.1.3 and 5.1.4.
const said: Readonly<Record<string, string>> = {
  NotAllowedError: "Nothing was proved: it was cancelled, or took too long. Try again.",
  AbortError: "Nothing was proved: it was cancelled. Try again.",
  InvalidStateError: "This passkey is set up already.",
};

function neverChanges(): () => void {
  return () => undefined;
}
