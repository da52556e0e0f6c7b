import type { Permission } from "@/lib/core/authz/policy";
import { replayStepSchema } from "@/lib/core/replay/schema";
import { isOpenRun, type RunStep } from "@/lib/core/replay/states";
import { releaseItems } from "@/lib/db/replay-items";
import { moveReplay } from "@/lib/db/replays";
import { command } from "@/lib/services/command";
import { lockForStep } from "./locked-run";

type Step = Extract<RunStep, "discard" | "start" | "stop" | "resume" | "finish">;

/* Each: input { id, version }. @throws AppError forbidden | bad_request | step_up_required | not_found | conflict */

/** Gives a replay up before it began. */
export const discardReplay = stepCommand("discard", { stepUp: false });
/** Begins to send: the job of the worker takes it from here. */
export const startReplay = stepCommand("start", { stepUp: true });
/** Nothing more is sent; what is being sent right now is the last. */
export const stopReplay = stepCommand("stop", { stepUp: false });
export const resumeReplay = stepCommand("resume", { stepUp: true });
/** Ends a stopped replay for good: what was not sent is left. */
export const finishReplay = stepCommand("finish", { stepUp: false });

/** A step taken a second time does nothing. */
function stepCommand(step: Step, { stepUp }: { readonly stepUp: boolean }) {
  return command({
    permission: "replay.request" satisfies Permission,
    input: replayStepSchema,
    stepUp: () => stepUp,
    run: async ({ tx, input, reach }) => {
      const locked = await lockForStep(tx, { ...input, step, reach });
      if (locked.kind === "repeated") return { isRepeated: true };
      const { to } = locked;
      await moveReplay(tx, { id: input.id, state: to, stopCause: to === "stopped" ? "person" : undefined });
      if (!isOpenRun(to)) await releaseItems(tx, input.id);
      return { isRepeated: false };
    },
    audit: ({ input, result }) => ({
      action: "E",
      entityType: "replay",
      entityId: input.id,
      detail: { step, ...result },
    }),
  });
}
