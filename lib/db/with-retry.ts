/**
 * Runs idempotent work again when PostgreSQL gave it up for another's sake: deadlock or serialisation failure, three
 * times in all.
 */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isTransient =
        error instanceof Error && "code" in error && /^40(P01|001)$/.test(String(error.code));
      if (!isTransient || attempt === 3) throw error;
    }
  }
}
