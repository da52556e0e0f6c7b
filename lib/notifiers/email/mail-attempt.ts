import type { Attempt } from "@/lib/core/notice/problem";
import { type Email, type MailServer, sendEmail } from "./send-email";

/** Sends an e-mail and says how it went. Only an address that the server refuses for good is given up; never throws. */
export async function mailAttempt(server: MailServer | undefined, email: Email): Promise<Attempt> {
  if (server === undefined) return { kind: "later", problem: "no_mail_server" };
  try {
    await sendEmail(server, email);
    return { kind: "sent" };
  } catch (error) {
    const status = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : undefined;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (status === undefined) return { kind: "later", problem: "mail_unreachable" };
    // RFC 5321, 4.2.1: 5yz is for good. A refused sign-in or sender is a setting, which somebody mends.
    const isForGood = status >= 500 && code === "EENVELOPE";
    return { kind: isForGood ? "never" : "later", problem: "mail_refused" };
  }
}
