import { z } from "zod";
import { listReplayLines } from "@/lib/db/replays";
import { query } from "@/lib/services/query";

export type { ReplayLine } from "@/lib/db/replays";

/** The newest replays within reach. @throws AppError forbidden */
export const listReplays = query({
  permission: "replay.request",
  input: z.object({}),
  run: ({ reach }) => listReplayLines(reach, 200),
  disclosesPhi: false,
});
