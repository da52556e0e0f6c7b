import { type SsoRefusal, ssoRefusals } from "@/lib/core/sso/refusal";

/** What came of going to the identity provider, for whoever comes back without being signed in. */
export type ProviderProblem = {
  readonly title: string;
  readonly text: string;
  /** Whether the way by the provider is closed for now: a local account is what is left. */
  readonly isAway: boolean;
};

type Params = Readonly<Record<"error" | "refused", unknown>>;

/** The problem that the address of the sign-in page tells of; undefined when it tells of none. Unknown words say little. */
export function whatWentWrong({ error, refused }: Params, provider: string): ProviderProblem | undefined {
  const why = ssoRefusals.find((one) => one === refused);
  if (why !== undefined) return { title: "Not let in", text: refusals[why], isAway: false };
  if (error === "OAuthSignin") {
    return {
      title: "The sign-in service does not answer",
      text: `Signing in with ${provider} is not possible just now. Try again in a minute; if work cannot wait, use an emergency account.`,
      isAway: true,
    };
  }
  if (typeof error !== "string") return undefined;
  return {
    title: "Not signed in",
    text: `Signing in with ${provider} was not completed. Try again; if it happens again, tell an administrator the time.`,
    isAway: false,
  };
}

const refusals: Readonly<Record<SsoRefusal, string>> = {
  "no-role":
    "None of your groups stands for a role in Signalbox. Ask an administrator to map one, or to invite you.",
  "too-many-groups":
    "You are in more groups than the sign-in service sends. Ask whoever runs it to send only the groups that are assigned to Signalbox.",
  "address-taken":
    "Your address belongs to a local account here. Sign in with that account and its second factor, then connect it under Account.",
  "no-address": "The sign-in service sent no e-mail address. Ask whoever runs it to send one.",
  closed: "Your account here is closed. Ask an administrator.",
  "not-fresh": "Sign in, prove your second factor, and connect your account within five minutes.",
  unusable: "What the sign-in service sent could not be read. Tell an administrator the time.",
};
