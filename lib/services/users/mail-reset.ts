import { z } from "zod";
import { factorResetEntity, listUnmailedResets } from "@/lib/db/factor-resets";
import { command } from "@/lib/services/command";

const DAY_MS = 86_400_000;

export type ResetMail = {
  readonly leafId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** E-mails to people whose second factors were taken away within a day, and who were not told yet. */
export async function dueResetMails(now: Date, publicUrl: string): Promise<readonly ResetMail[]> {
  const resets = await listUnmailedResets(new Date(now.getTime() - DAY_MS));
  return resets.map(({ leafId, at, email }) => ({
    leafId,
    to: email,
    subject: "Your second factors for Signalbox were reset",
    text: [
      `At ${at.toISOString()} all second factors of your account at ${publicUrl} were taken away, and your sessions ended.`,
      "",
      "If you asked for it: sign in with your password, and set up new factors.",
      "If you did not: call an administrator now. Whoever knows your password could sign in.",
      "",
    ].join("\n"),
  }));
}

/** Notes that an e-mail went out. Input: { leafId }. @throws AppError forbidden */
export const noteResetMailed = command({
  permission: "user.write",
  input: z.object({ leafId: z.string() }),
  run: async () => undefined,
  audit: ({ input }) => ({
    action: "E",
    entityType: factorResetEntity,
    entityId: input.leafId,
    detail: { what: "mailed" },
  }),
});
