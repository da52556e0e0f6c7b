import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { submitReplaySchema } from "@/lib/core/replay/schema";
import {
  DEFAULT_ALONE_LIMIT,
  type SecondPersonCause,
  whySecondPerson,
} from "@/lib/core/replay/second-person";
import { freezeItem, readReplayItems } from "@/lib/db/replay-items";
import { moveReplay, type ReplayRun, setReplayTerms } from "@/lib/db/replays";
import { askForApproval, hasSecondPerson } from "@/lib/services/approvals/ask-for-approval";
import { type CommandContext, command } from "@/lib/services/command";
import { scrubReason } from "@/lib/services/disclosure/scrub-reason";
import { causesOf, judgeItems } from "./judge-items";
import { lockForStep } from "./locked-run";
import { readAloneLimit } from "./replay-switch";

type Context = CommandContext<z.output<typeof submitReplaySchema>>;

/**
 * Settles what is sent again and why. Where it takes two, a second person is asked; otherwise it may be started.
 * Input: { id, version, reason, ticket, perMinute, stopAfter }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict while messages are being checked, where none is left, or no second person is there
 */
export const submitReplay = command({
  permission: "replay.request",
  input: submitReplaySchema,
  stepUp: true,
  run: async (context) => {
    const { tx, input, reach } = context;
    const step = await lockForStep(tx, { ...input, step: "submit", reach });
    if (step.kind === "repeated") return { isRepeated: true, messages: 0, causes: [] };
    const { messages, causes } = await freeze(context, step.run);
    const reason = scrubReason(input.reason);
    await setReplayTerms(tx, { ...input, reason });
    const approvalId = causes.length === 0 ? undefined : await ask(context, { messages, causes });
    await moveReplay(tx, { id: input.id, state: approvalId === undefined ? step.to : "waiting", approvalId });
    return { isRepeated: false, messages, causes };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "replay",
    entityId: input.id,
    detail: { submitted: !result.isRepeated, messages: result.messages, takesTwo: [...result.causes] },
  }),
});

async function freeze({ tx, reach }: Context, run: ReplayRun) {
  const items = await readReplayItems(tx, run.id);
  const judged = await judgeItems(run, items, reach);
  if (judged.some(({ judged: { kind }, content }) => kind !== "refused" && content === null)) {
    throw new AppError("conflict", "The engine is still asked whether it keeps these messages.");
  }
  for (const { position, judged: verdict, isTaken } of judged) {
    await freezeItem(tx, {
      replayId: run.id,
      position,
      isTaken,
      verdict: verdict.kind,
      causes: causesOf(verdict),
    });
  }
  const taken = judged.filter((one) => one.isTaken);
  if (taken.length === 0) throw new AppError("conflict", "There is no message left to send again.");
  const weighed = taken.map(({ messageType, cancelsOrder }) => ({
    messageType: messageType ?? undefined,
    cancelsOrder: cancelsOrder ?? undefined,
  }));
  const limit = await readAloneLimit(DEFAULT_ALONE_LIMIT);
  return { messages: taken.length, causes: whySecondPerson(weighed, limit) };
}

/** Never done by one alone where it takes two. @throws AppError forbidden | conflict */
async function ask(
  { tx, actor, input, now }: Context,
  of: { readonly messages: number; readonly causes: readonly SecondPersonCause[] },
): Promise<string> {
  if (actor.kind !== "user") throw new AppError("forbidden", "Only people ask for this.");
  if (!(await hasSecondPerson(tx, { kind: "run-replay", involved: [actor.id] }))) {
    throw new AppError("conflict", "There is no second person who could approve this.");
  }
  const payload = { replayId: input.id, messages: of.messages, causes: [...of.causes] };
  return askForApproval(tx, { act: { kind: "run-replay", payload }, requesterId: actor.id, now });
}
