import { z } from "zod";
import { healthLevels } from "@/lib/core/interface/problem";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { readInterfaces } from "@/lib/db/interfaces-read";
import { type InterfaceRow, interfaceRow } from "@/lib/services/overview/interface-row";
import { readHealth } from "@/lib/services/overview/read-health";
import { query } from "@/lib/services/query";
import { interfaceSortKeys, sortInterfaces } from "./sort-interfaces";

export type InterfaceList = {
  readonly rows: readonly InterfaceRow[];
  /** How many there are without the filter. */
  readonly total: number;
  readonly range: TimeRange;
  /** What the filters can be set to. */
  readonly choices: Readonly<Record<"source" | "messageClass" | "department", readonly string[]>>;
};

/**
 * All interfaces with their figures over a range, filtered and sorted.
 * @throws AppError forbidden | bad_request
 */
export const listInterfaces = query({
  permission: "interface.read",
  input: z.object({
    range: timeRangeSchema,
    /** Part of a name, sender, receiver or owner. */
    text: z.string().max(100).default(""),
    level: z.enum(healthLevels).optional(),
    source: z.string().optional(),
    messageClass: z.string().optional(),
    department: z.string().optional(),
    sort: z.enum(interfaceSortKeys).default("health"),
    direction: z.enum(["asc", "desc"]).default("desc"),
  }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<InterfaceList> => {
    const range = snapRange(input.range);
    const interfaces = await readInterfaces(reach);
    const reading = await readHealth({ interfaces, range, now });
    const rows = interfaces.flatMap((of) => interfaceRow({ of, reading, range, now }) ?? []);
    const shown = rows.filter((row) => isAskedFor(row, input));
    return {
      rows: sortInterfaces(shown, { key: input.sort, direction: input.direction }),
      total: rows.length,
      range,
      choices: {
        source: distinct(rows.map(({ of }) => of.source)),
        messageClass: distinct(rows.map(({ of }) => of.messageClass)),
        department: distinct(rows.map(({ of }) => of.department)),
      },
    };
  },
});

type Ask = {
  readonly text: string;
  readonly level?: InterfaceRow["health"]["level"] | undefined;
  readonly source?: string | undefined;
  readonly messageClass?: string | undefined;
  readonly department?: string | undefined;
};

function isAskedFor({ of, health }: InterfaceRow, ask: Ask): boolean {
  const words = [of.name, of.sender ?? "", of.owner ?? "", ...of.receivers].join("\n").toLowerCase();
  return (
    words.includes(ask.text.trim().toLowerCase()) &&
    (ask.level === undefined || health.level === ask.level) &&
    (ask.source === undefined || of.source === ask.source) &&
    (ask.messageClass === undefined || of.messageClass === ask.messageClass) &&
    (ask.department === undefined || of.department === ask.department)
  );
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort((a, b) => a.localeCompare(b, "en"));
}
