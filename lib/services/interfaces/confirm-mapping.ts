import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { putColumnMapping, readColumns } from "@/lib/db/column-mappings";
import { command } from "@/lib/services/command";

const given = z
  .string()
  .trim()
  .max(200)
  .default("")
  .transform((text) => (text === "" ? undefined : text));

const confirmInput = z
  .object({
    interfaceId: z.coerce.number().int().positive(),
    controlId: given,
    accession: given,
    orderNumber: given,
    mrn: given,
    mrnAuthority: given,
  })
  // CX.4: the same MRN is another person at another issuer.
  .refine(({ mrn, mrnAuthority }) => (mrn === undefined) === (mrnAuthority === undefined), {
    path: ["mrnAuthority"],
  });

/**
 * Says which custom column of a channel holds what; an absent one means that the channel does not carry it. A column of
 * MRNs needs the issuer of those MRNs. Applies to messages read from now on.
 * @throws AppError forbidden | bad_request | not_found
 */
export const confirmMapping = command({
  permission: "interface.write",
  input: confirmInput,
  run: async ({ tx, actor, input, now, reach }) => {
    const { interfaceId, ...wanted } = input;
    const known = await readColumns(tx, { interfaceId, reach });
    if (known === undefined) throw new AppError("not_found", "There is no such interface.");
    const mapping = Object.fromEntries(Object.entries(wanted).flatMap(([key, name]) => named(key, name)));
    const strange = Object.keys(mapping).filter(
      (key) => key !== "mrnAuthority" && !known.includes(mapping[key] ?? ""),
    );
    if (strange.length > 0) {
      throw new AppError("bad_request", "The channel has no such column.", {
        info: { fields: strange.join("; ") },
      });
    }
    const by = actor.kind === "user" ? actor.name : actor.kind;
    await putColumnMapping(tx, { interfaceId, mapping, by, now });
    return { mapping };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "interface",
    entityId: String(input.interfaceId),
    detail: { columnMapping: result.mapping },
  }),
});

function named(key: string, name: string | undefined): readonly (readonly [string, string])[] {
  return name === undefined ? [] : [[key, name]];
}
