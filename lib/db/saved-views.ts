import type { SavablePage } from "@/lib/core/saved-view/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

export type SavedView = { readonly id: string; readonly name: string; readonly query: string };

/** Views that a person keeps of a list, by name. */
export async function listViewRows(of: {
  readonly userId: string;
  readonly page: SavablePage;
}): Promise<readonly SavedView[]> {
  return database().prisma.savedView.findMany({
    where: of,
    orderBy: { name: "asc" },
    select: { id: true, name: true, query: true },
  });
}

export async function countViews(
  tx: Transaction,
  of: { readonly userId: string; readonly page: SavablePage },
): Promise<number> {
  return tx.savedView.count({ where: of });
}

/** Keeps a view; one of the same name is replaced. Answers with its id. */
export async function putView(
  tx: Transaction,
  view: {
    readonly userId: string;
    readonly page: SavablePage;
    readonly name: string;
    readonly query: string;
  },
): Promise<string> {
  const { userId, page, name, query } = view;
  const row = await tx.savedView.upsert({
    where: { userId_page_name: { userId, page, name } },
    create: { userId, page, name, query },
    update: { query },
    select: { id: true },
  });
  return row.id;
}

/** False where there is no such view of this person. */
export async function deleteView(
  tx: Transaction,
  of: { readonly userId: string; readonly id: string },
): Promise<boolean> {
  const { count } = await tx.savedView.deleteMany({ where: of });
  return count === 1;
}
