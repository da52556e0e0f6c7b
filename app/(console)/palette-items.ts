"use server";
import type { PaletteItem } from "@/components/shell/command-palette";
import { currentActor } from "@/lib/auth/current-actor";
import { listInterfaceNames } from "@/lib/services/interfaces/list-interface-names";

/** Interfaces to jump to, fetched when the palette opens. @throws AppError unauthenticated | forbidden */
export async function loadPaletteItems(): Promise<readonly PaletteItem[]> {
  const names = await listInterfaceNames(await currentActor(), {});
  return names.map(({ interfaceId, name, source, department }) => ({
    id: `interface-${interfaceId}`,
    label: name,
    group: "Interfaces",
    href: `/interfaces/${interfaceId}`,
    keywords: [source, ...(department ? [department] : [])],
    hint: source,
  }));
}
