import { randomBytes } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { clientDataSchema, type NewPasskey, type PasskeyProof } from "@/lib/core/account/schema";
import type { Passkey } from "@/lib/db/passkeys";
import type { OfferedSite } from "./passkey-site";
import type { UserActor } from "./session";

/** How long somebody may take to touch a key, in ms; a browser gives up at the same time. */
export const passkeyLimitMs = 5 * 60_000;

type Asked = { readonly site: OfferedSite; readonly challenge: Buffer; readonly known: readonly Passkey[] };

/** 256 random bits to sign. */
export function newChallenge(): Buffer {
  return randomBytes(32);
}

/** What a browser needs to make a new passkey that is none of the known ones. */
export function creationOptions(
  actor: UserActor,
  { site, challenge, known }: Asked,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: "Signalbox",
    rpID: site.rpId,
    userName: actor.email,
    userDisplayName: actor.name,
    userID: new Uint8Array(Buffer.from(actor.id.replaceAll("-", ""), "hex")),
    challenge: new Uint8Array(challenge),
    timeout: passkeyLimitMs,
    attestationType: "none",
    excludeCredentials: known.map(descriptorOf),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
}

/** What a browser needs to have one of the known passkeys sign. */
export function requestOptions({
  site,
  challenge,
  known,
}: Asked): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: new Uint8Array(challenge),
    timeout: passkeyLimitMs,
    allowCredentials: known.map(descriptorOf),
    userVerification: "required",
  });
}

/** The challenge that somebody says to have signed; undefined when what they sent is no client data. */
export function challengeIn(clientDataJson: string): Buffer | undefined {
  const parsed = clientDataSchema.safeParse(jsonOf(Buffer.from(clientDataJson, "base64url").toString()));
  return parsed.success ? Buffer.from(parsed.data.challenge, "base64url") : undefined;
}

type NewKey = Pick<Passkey, "credentialId" | "publicKey" | "isBackedUp"> & { readonly signCount: number };

/** The key that was made for this challenge at this site, its person verified by it; undefined when it was not. */
export async function verifyCreation(
  answer: NewPasskey["answer"],
  { site, challenge }: Pick<Asked, "site" | "challenge">,
): Promise<NewKey | undefined> {
  const response: RegistrationResponseJSON = { ...answer, clientExtensionResults: {} };
  const made = await unlessRefused(() =>
    verifyRegistrationResponse({ response, ...expected(site, challenge) }),
  );
  if (!made?.verified) return undefined;
  const { credential, credentialBackedUp } = made.registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, "base64url"),
    publicKey: Buffer.from(credential.publicKey),
    signCount: credential.counter,
    isBackedUp: credentialBackedUp,
  };
}

/** What a passkey says of itself with a signature that is right for this challenge at this site; undefined otherwise. */
export async function verifySignature(
  proof: PasskeyProof,
  asked: Pick<Asked, "site" | "challenge"> & { readonly passkey: Passkey },
): Promise<{ readonly signCount: number; readonly isBackedUp: boolean } | undefined> {
  const { site, challenge, passkey } = asked;
  const response: AuthenticationResponseJSON = { ...proof, clientExtensionResults: {} };
  const publicKey = new Uint8Array(passkey.publicKey);
  // The counter is compared in the database, in the statement that moves it on: two at once cannot both pass.
  const credential = { id: passkey.credentialId.toString("base64url"), publicKey, counter: 0 };
  const signed = await unlessRefused(() =>
    verifyAuthenticationResponse({ response, credential, ...expected(site, challenge) }),
  );
  if (!signed?.verified) return undefined;
  const { newCounter, credentialBackedUp } = signed.authenticationInfo;
  return { signCount: newCounter, isBackedUp: credentialBackedUp };
}

function expected(site: OfferedSite, challenge: Buffer) {
  return {
    expectedChallenge: challenge.toString("base64url"),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: true,
  };
}

function descriptorOf({ credentialId, transports }: Passkey) {
  return { id: credentialId.toString("base64url"), transports: [...transports] };
}

// The library throws a plain error for whatever is wrong with an answer. Its text repeats what was sent: it goes nowhere.
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
