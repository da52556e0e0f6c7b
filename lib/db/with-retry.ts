/**
 * Runs idempotent work again when PostgreSQL gave it up for another's sake, deadlock or serialisation failure, or when it
 * asked for that itself: three times in all. `work` is told which time it is, from 1.
 */
export async function withRetry<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const isTransient =
        error instanceof Error && "code" in error && /^40(P01|001)$/.test(String(error.code));
      if (!isTransient || attempt === 3) throw error;
    }
  }
}

/** Gives a transaction up that came too late, as a serialisation failure does. @throws always */
export function beginAgain(): never {
  throw Object.assign(new Error("Another writer was first."), { code: "40001" });
}
