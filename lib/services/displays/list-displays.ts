import { z } from "zod";
import { type Display, listDisplayRows } from "@/lib/db/displays";
import { query } from "@/lib/services/query";

export type DisplayView = Display & {
  readonly state: "waiting" | "open" | "link-over" | "expired" | "revoked";
};

/** Every screen on a wall, the newest in front. @throws AppError forbidden */
export const listDisplays = query({
  permission: "display.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ now }): Promise<readonly DisplayView[]> => {
    const displays = await listDisplayRows();
    return displays.map((display) => ({ ...display, state: stateOf(display, now) }));
  },
});

function stateOf(display: Display, now: Date): DisplayView["state"] {
  if (display.revokedAt !== undefined) return "revoked";
  if (display.expiresAt <= now) return "expired";
  if (display.isOpened) return "open";
  return display.linkUntil > now ? "waiting" : "link-over";
}
