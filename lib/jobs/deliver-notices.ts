import { env } from "@/lib/config/env";
import type { Attempt } from "@/lib/core/notice/problem";
import { mailAttempt } from "@/lib/notifiers/email/mail-attempt";
import type { NotifierIo } from "@/lib/notifiers/notifier";
import { tell } from "@/lib/notifiers/registry";
import { noteAttempt } from "@/lib/services/notices/note-attempt";
import { postOut } from "@/lib/services/notices/post-out";
import { type ReadyDelivery, takeDue } from "@/lib/services/notices/take-deliveries";
import type { Job } from "./job";

/**
 * Sends what is due, until nothing is. First the sending, then the note of it: a worker that is killed in between has it
 * sent a second time, under the same id, and never not at all.
 */
export const deliverNotices: Job = {
  name: "deliver-notices",
  everyMs: 2_000,
  run: async ({ signal, now }) => {
    const { publicUrl } = env();
    while (!signal.aborted) {
      const due = await takeDue(now(), publicUrl);
      if (due.length === 0) return;
      await Promise.all(due.map((delivery) => deliver(delivery, { signal, now })));
    }
  },
};

type Run = { readonly signal: AbortSignal; readonly now: () => Date };

async function deliver(delivery: ReadyDelivery, { signal, now }: Run): Promise<void> {
  const { id, attempts } = delivery;
  const attempt = await attemptOf(delivery, ioWith(signal), now());
  // A worker that stops leaves what it broke off to the next, as one that is killed does.
  if (signal.aborted && attempt.kind !== "sent") return;
  await noteAttempt({ id, attempts, attempt, now: now(), spread: Math.random() });
}

async function attemptOf(
  { address, problem = "unreadable", ...telling }: ReadyDelivery,
  io: NotifierIo,
  now: Date,
): Promise<Attempt> {
  return address === undefined ? { kind: "never", problem } : tell({ ...telling, now }, address, io);
}

function ioWith(signal: AbortSignal): NotifierIo {
  const { mail } = env();
  return {
    post: (message) => postOut(message, signal),
    mail: (email) => mailAttempt(mail, { ...email, from: mail?.from ?? "" }),
  };
}
