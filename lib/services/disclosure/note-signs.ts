import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import type { OpeningSigns } from "@/lib/core/disclosure/opening-signs";
import { areSignsNoted } from "@/lib/db/disclosures";
import { command } from "@/lib/services/command";

const system: Actor = { kind: "system", name: "disclosure" };

/** Notes once, beside the line of an opening, how its patient relates to the reader: yes or no, never a name. */
export async function noteSigns(grant: string, signs: OpeningSigns | undefined): Promise<void> {
  if (signs === undefined || (await areSignsNoted(grant))) return;
  await writeSigns(system, { grant, ...signs });
}

const writeSigns = command({
  permission: "message.unmask",
  input: z.object({
    grant: z.uuid(),
    isSameSurname: z.boolean(),
    isSameName: z.boolean(),
    isFlagged: z.boolean(),
  }),
  run: async () => undefined,
  audit: ({ input: { grant, ...signs } }) => ({
    action: "R",
    entityType: "disclosure-signs",
    entityId: grant,
    detail: signs,
  }),
});
