import { StatusWord } from "@/components/ui/status-word";
import type { UserView } from "@/lib/services/users/list-users";

/** Whether somebody can sign in. */
export function PersonState({ disabledAt, joinedAt }: Pick<UserView, "disabledAt" | "joinedAt">) {
  if (disabledAt) return <StatusWord state="excluded">Disabled</StatusWord>;
  if (joinedAt === undefined) return <StatusWord state="notice">Invited</StatusWord>;
  return <StatusWord state="ok">Active</StatusWord>;
}
