/** Why a notice did not go out. */
export const noticeProblems = [
  "no_mail_server",
  "mail_refused",
  "mail_unreachable",
  "unreachable",
  "no_such_host",
  "address_refused",
  "tls",
  "timeout",
  "busy",
  "server_error",
  "rejected",
  "gone",
  "redirected",
  "channel_removed",
  "unreadable",
] as const;
export type NoticeProblem = (typeof noticeProblems)[number];

/** The same for people, with what to do. */
export const noticeProblemTexts: Readonly<Record<NoticeProblem, string>> = {
  no_mail_server: "No mail server is set up: SIGNALBOX_SMTP_URL is missing.",
  mail_refused: "The mail server did not take the e-mail. Check the address.",
  mail_unreachable: "The mail server does not answer.",
  unreachable: "Nothing answers at the address.",
  no_such_host: "No machine has the name in the address.",
  address_refused: "The name leads to an address that nothing is sent to.",
  tls: "The certificate at the address is not trusted.",
  timeout: "The receiver did not answer in time.",
  busy: "The receiver asked to wait.",
  server_error: "The receiver failed while taking it.",
  rejected: "The receiver refused it. Check address and key.",
  gone: "The receiver no longer takes anything at this address.",
  redirected: "The address leads elsewhere. Enter where it leads to.",
  channel_removed: "The channel was removed before it was sent.",
  unreadable: "The address of the channel could not be opened. Enter it again.",
};

/** How one attempt ended. Only what may pass by itself is tried again. */
export type Attempt =
  | { readonly kind: "sent" }
  | { readonly kind: "later"; readonly problem: NoticeProblem }
  | { readonly kind: "never"; readonly problem: NoticeProblem };

/** So often is a notice tried before it counts as failed: about six hours. */
export const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/**
 * When to try again after so many attempts; undefined when it is over. The pause doubles. `spread` in [0, 1) keeps many
 * that failed together from coming back together.
 */
export function nextAttemptAt(ask: {
  readonly attempts: number;
  readonly now: Date;
  readonly spread: number;
}): Date | undefined {
  const { attempts, now, spread } = ask;
  if (attempts >= MAX_ATTEMPTS) return undefined;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS) * (1 + spread / 4);
  return new Date(now.getTime() + pause);
}
