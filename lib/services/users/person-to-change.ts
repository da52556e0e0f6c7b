import { type Actor, actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { countHolders, findPerson, lockPeople } from "@/lib/db/people";
import type { Transaction } from "@/lib/db/transaction";
import type { Account } from "@/lib/db/users";

type Ask = { readonly tx: Transaction; readonly actor: Actor; readonly userId: string };

/**
 * The person whose rights change, with all such changes in a row until the end of the transaction.
 * @throws AppError not_found | forbidden for oneself
 */
export async function personToChange({ tx, actor, userId }: Ask): Promise<Account> {
  if (actorId(actor) === userId) {
    throw new AppError("forbidden", "Nobody changes their own rights. Ask another administrator.");
  }
  await lockPeople(tx);
  const person = await findPerson(tx, userId);
  if (person === undefined) throw new AppError("not_found", "There is no such person.");
  return person;
}

/** Refuses what would leave the product without an administrator. @throws AppError conflict */
export async function keepAnAdministrator(tx: Transaction, without: Account): Promise<void> {
  const isOne = without.grants.some(({ role }) => role === "administrator");
  if (!isOne) return;
  if ((await countHolders(tx, { roles: ["administrator"], except: [without.id] })) > 0) return;
  throw new AppError("conflict", "This is the last administrator. Make another one first.");
}
