import { z } from "zod";
import type { DemoState } from "@/lib/core/demo/schema";
import { readDemoState } from "@/lib/db/demo";
import { query } from "@/lib/services/query";

/** What people are told of the demo: whether it is there, and how far its past is made (0–1). */
export type DemoView = {
  readonly phase: DemoState["phase"];
  readonly progress: number;
  readonly startedAt: Date;
};

/** The demo hospital of this database; undefined when there is none. @throws AppError forbidden */
export const readDemo = query({
  permission: "overview.read",
  input: z.object({}),
  run: async (): Promise<DemoView | undefined> => {
    const state = await readDemoState();
    if (state === undefined) return undefined;
    return {
      phase: state.phase,
      progress: state.partsDone / state.partsTotal,
      startedAt: state.startedAt,
    };
  },
  disclosesPhi: false,
});
