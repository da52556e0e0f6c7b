type Model = Readonly<Record<string, unknown>>;

/** Steps in progress, with what they were created with. Those of a process that ended are not known any more. */
export type Steps = {
  readonly note: (instanceUid: string, created: Model) => void;
  readonly createdWith: (instanceUid: string) => Model | undefined;
};

/** A department has some hundred steps in progress; the oldest are forgotten. */
const MOST_STEPS = 5_000;

export function rememberSteps(most: number = MOST_STEPS): Steps {
  const steps = new Map<string, Model>();
  return {
    note: (instanceUid, created) => {
      steps.delete(instanceUid);
      steps.set(instanceUid, created);
      const [oldest] = steps.keys();
      if (steps.size > most && oldest !== undefined) steps.delete(oldest);
    },
    createdWith: (instanceUid) => steps.get(instanceUid),
  };
}
