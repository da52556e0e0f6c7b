import { AppError } from "@/lib/core/errors";
import { lockSourceMix } from "@/lib/db/demo";
import type { Transaction } from "@/lib/db/transaction";

/** To be asked by whoever adds a real source, in the same transaction. @throws AppError conflict while a demo is there */
export async function refuseBesideDemo(tx: Transaction): Promise<void> {
  const { hasDemo } = await lockSourceMix(tx);
  if (hasDemo) {
    throw new AppError(
      "conflict",
      "The demo hospital is in this database. Remove it before you connect a real source.",
    );
  }
}

/** To be asked before a demo is added, in the same transaction. @throws AppError conflict */
export async function refuseBesideReal(tx: Transaction): Promise<void> {
  const { hasDemo, hasReal } = await lockSourceMix(tx);
  if (hasDemo) throw new AppError("conflict", "The demo hospital is already here, or still being removed.");
  if (hasReal) {
    throw new AppError(
      "conflict",
      "Real sources are or were connected to this database. The demo hospital needs one of its own.",
    );
  }
}
