import { z } from "zod";
import { readInterfaces } from "@/lib/db/interfaces-read";
import { query } from "@/lib/services/query";

/** An interface as it stands in menus, with its legs in the engine's order. */
export type InterfaceName = {
  readonly interfaceId: number;
  readonly name: string;
  readonly sourceId: number;
  readonly source: string;
  readonly messageClass: string | null;
  readonly department: string | null;
  readonly legs: readonly { readonly legId: number; readonly name: string; readonly direction: string }[];
};

/** Names of the interfaces within reach that exist now, for filters and the palette. @throws AppError forbidden */
export const listInterfaceNames = query({
  permission: "interface.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ reach }): Promise<readonly InterfaceName[]> => {
    const interfaces = await readInterfaces(reach);
    return interfaces.map(({ legs, ...of }) => ({
      interfaceId: of.interfaceId,
      name: of.name,
      sourceId: of.sourceId,
      source: of.source,
      messageClass: of.messageClass,
      department: of.department,
      legs: legs
        .filter(({ isRemoved }) => !isRemoved)
        .map(({ legId, name: leg, direction }) => ({ legId, name: leg, direction })),
    }));
  },
});
