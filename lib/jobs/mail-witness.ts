import { env } from "@/lib/config/env";
import { sendEmail } from "@/lib/notifiers/email/send-email";
import { dueWitnessMail, noteMailed } from "@/lib/services/own-audit/mail-witness";
import type { Job } from "./job";

/**
 * Sends the head of the audit trail by e-mail, every hour in which it was witnessed anew, where an address is set. First
 * the e-mail, then the note of it: what could not be sent is tried again a minute later.
 */
export const mailWitness: Job = {
  name: "mail-witness",
  everyMs: 60_000,
  run: async ({ now }) => {
    const { mail } = env();
    const due = mail && (await dueWitnessMail(now()));
    if (mail === undefined || due === undefined) return;
    await sendEmail(mail, { from: mail.from, to: mail.witnessTo, subject: due.subject, text: due.text });
    await noteMailed(due, now());
  },
};
