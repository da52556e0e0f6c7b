/** Why somebody who signed in at the provider is not let in here. The sign-in page has a sentence for each. */
export const ssoRefusals = [
  /** None of their groups stands for a role. */
  "no-role",
  /** They are in more groups than the provider puts into a token, and it names none. */
  "too-many-groups",
  /** A local account has their address: it is theirs only once it is connected by whoever holds it. */
  "address-taken",
  /** The provider names no e-mail address. */
  "no-address",
  /** Their account here is disabled, or kept for emergencies. */
  "closed",
  /** To connect an account takes a second factor from the last five minutes. */
  "not-fresh",
  /** What the provider sent cannot be read. */
  "unusable",
] as const;
export type SsoRefusal = (typeof ssoRefusals)[number];

/** Where somebody who asks to have their account connected comes back to; by it the way there is told apart. */
export const CONNECTED_PATH = "/account?provider=connected";
