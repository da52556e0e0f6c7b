import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import type { SavablePage } from "@/lib/core/saved-view/schema";
import { listViews } from "@/lib/services/saved-views/list-views";
import { ViewsDialog } from "./views-dialog";

/** One's own views of a list: opened, kept and removed. */
export async function SavedViews({ actor, page }: { readonly actor: Actor; readonly page: SavablePage }) {
  if (!can(actor, "overview.read")) return null;
  return <ViewsDialog page={page} views={await listViews(actor, { page })} />;
}
