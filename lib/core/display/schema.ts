import { z } from "zod";

/** An address or a CIDR range, of either family. */
const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** A screen on a wall: where it may stand and for how long. Ranges are parted by commas, spaces or lines. */
export const newDisplaySchema = z.object({
  name: z.string().trim().min(1).max(80),
  ranges: z
    .string()
    .max(1_000)
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""))
    .pipe(z.array(range).min(1).max(20)),
  days: z.coerce.number().int().min(1).max(366),
});

export const displayRefSchema = z.object({ id: z.uuid() });

/** What a screen sends to be set up: the secret of its link. */
export const openDisplaySchema = z.object({ link: z.string().min(1).max(200), address: z.string().max(100) });

/** So long a link may be opened. */
export const DISPLAY_LINK_MS = 24 * 3_600_000;

/** What a screen may do, as a scope: see the overview, and nothing else. */
export const BOARD_SCOPE = "signalbox/board.read";
