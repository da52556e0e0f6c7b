import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { checkRota, type RotaTrouble, type Shift } from "@/lib/core/notice/on-call";
import { keyOf, MAX_ROTA_LINES, type RotaRead, readRota } from "@/lib/core/notice/rota-csv";
import { insertShifts, listCallable, listShifts, type TeamRecord } from "@/lib/db/on-call";
import { command } from "@/lib/services/command";
import { query } from "@/lib/services/query";
import { teamInReach } from "./team-in-reach";

const rotaSchema = z.object({
  teamId: z.uuid(),
  text: z
    .string()
    .min(1)
    .max(MAX_ROTA_LINES * 200),
});

export type RotaPreview = {
  readonly faults: RotaRead["faults"];
  /** Shifts that are new; what stands in the rota already is not added again. */
  readonly added: number;
  readonly known: number;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  /** As it would be afterwards, from the first to the last line of the file. */
  readonly trouble: RotaTrouble;
};

/** What an import would do; nothing is changed. Input: { teamId, text }. @throws AppError forbidden | bad_request | not_found */
export const previewRota = query({
  permission: "on-call.write",
  input: rotaSchema,
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<RotaPreview> => {
    const { faults, fresh, before, range } = await readFor(
      await teamInReach(input.teamId, reach),
      input.text,
    );
    const trouble =
      range === undefined ? { gaps: [], overlaps: [] } : checkRota([...before, ...fresh.shifts], range);
    return {
      faults,
      added: fresh.shifts.length,
      known: fresh.known,
      from: range?.from,
      to: range?.to,
      trouble,
    };
  },
});

/**
 * Adds the shifts of a rota, all of them or, where one line cannot be read, none. Input: { teamId, text }.
 * @throws AppError forbidden | bad_request | not_found | conflict where a line is wrong
 */
export const importRota = command({
  permission: "on-call.write",
  input: rotaSchema,
  run: async ({ tx, actor, input, now, reach }) => {
    const { teamId, text } = input;
    const { faults, fresh } = await readFor(await teamInReach(teamId, reach), text);
    if (faults.length > 0) throw new AppError("conflict", "Some lines cannot be read. Nothing was added.");
    return { added: await insertShifts(tx, { teamId, shifts: fresh.shifts, by: actorId(actor), now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "on-call-shift",
    entityId: input.teamId,
    detail: { imported: result.added },
  }),
});

async function readFor({ id, zone }: TeamRecord, text: string) {
  const people = new Map((await listCallable()).map((one) => [one.email.toLowerCase(), one.id]));
  const { shifts, faults } = readRota({ text, zone, people });
  const read = shifts.map(({ shift }) => shift);
  const range = rangeOf(read);
  const before = range === undefined ? [] : await listShifts({ teamIds: [id], ...range });
  const known = new Set(before.map(keyOf));
  const fresh = read.filter((shift) => !known.has(keyOf(shift)));
  return { faults, range, before, fresh: { shifts: fresh, known: read.length - fresh.length } };
}

function rangeOf(shifts: readonly Shift[]): { readonly from: Date; readonly to: Date } | undefined {
  if (shifts.length === 0) return undefined;
  const from = Math.min(...shifts.map((shift) => shift.from.getTime()));
  const to = Math.max(...shifts.map((shift) => shift.until.getTime()));
  return { from: new Date(from), to: new Date(to) };
}
