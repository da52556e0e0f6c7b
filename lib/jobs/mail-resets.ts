import { env } from "@/lib/config/env";
import { sendEmail } from "@/lib/notifiers/email/send-email";
import { dueResetMails, noteResetMailed } from "@/lib/services/users/mail-reset";
import type { Job } from "./job";

const system = { kind: "system", name: "mail-resets" } as const;

/**
 * Tells people by e-mail that their second factors were taken away, where e-mail is set up. First the e-mail, then the note
 * of it: what could not be sent is tried again a minute later, for a day.
 */
export const mailResets: Job = {
  name: "mail-resets",
  everyMs: 60_000,
  run: async ({ signal, now }) => {
    const { mail, publicUrl } = env();
    if (mail === undefined) return;
    for (const { leafId, to, subject, text } of await dueResetMails(now(), publicUrl)) {
      if (signal.aborted) return;
      await sendEmail(mail, { from: mail.from, to, subject, text });
      await noteResetMailed(system, { leafId });
    }
  },
};
