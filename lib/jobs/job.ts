/** Work that repeats. One worker at a time runs it, under a lease named after it. */
export type Job = {
  /** Lease name, kebab-case. */
  readonly name: string;
  readonly everyMs: number;
  /** Must stop soon after `signal` aborts, and must be safe to run twice: a lost lease can overlap. */
  readonly run: (io: { readonly signal: AbortSignal; readonly now: () => Date }) => Promise<void>;
  /** Run once by the worker that holds the lease when it stops cleanly; must be quick. */
  readonly atStop?: (io: { readonly now: () => Date }) => Promise<void>;
};
