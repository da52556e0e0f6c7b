/** When a value is an alarm, and when it is none any more. */
export type AlertRule = {
  /** From this value on, for `forMs` without a break, it is an alarm. */
  readonly threshold: number;
  readonly forMs: number;
  /** Below this value, for `clearForMs` without a break, it is none any more; never above `threshold`. */
  readonly clearThreshold: number;
  readonly clearForMs: number;
  /** On less traffic than `perHour`, values up to `upTo` tell nobody: on a quiet link one failure is chance. */
  readonly quietGuard?: { readonly perHour: number; readonly upTo: number };
};

export const suppressions = ["maintenance", "root_cause", "low_traffic"] as const;
export type Suppression = (typeof suppressions)[number];

/** What was measured at one moment; null = nothing could be. */
export type Measurement = {
  readonly value: number | null;
  /** Messages in an hour; null where that is not known. */
  readonly perHour: number | null;
  /** Planned maintenance, or something else explains it: it is recorded, and nobody is told. */
  readonly suppressedBy?: Suppression;
};

export const alertStates = ["ok", "pending", "firing", "suppressed", "no_data"] as const;

export type AlertState = {
  readonly kind: (typeof alertStates)[number];
  /** Since when the value is past the threshold without a break. */
  readonly breachSince: Date | undefined;
  /** Of an alarm: since when the value is below the clear threshold without a break. */
  readonly calmSince: Date | undefined;
  /** The alarm holds: begun, and not cleared. What cannot be measured neither begins nor clears one. */
  readonly isRaised: boolean;
  /** Its notice is out. */
  readonly isNoticed: boolean;
  readonly suppressedBy: Suppression | undefined;
};

export const calm: AlertState = {
  kind: "ok",
  breachSince: undefined,
  calmSince: undefined,
  isRaised: false,
  isNoticed: false,
  suppressedBy: undefined,
};

export type AlertNotice = "fired" | "cleared";

export type Evaluation = { readonly state: AlertState; readonly notice: AlertNotice | undefined };

/**
 * One step of an alarm: at most one notice when it fires and one when it clears. What is suppressed is recorded, and
 * tells of itself if it still holds when the suppression ends. Pure: ticks may come late, and a tick done again from the
 * same state gives the same answer.
 */
export function evaluate(of: {
  readonly rule: AlertRule;
  readonly previous: AlertState;
  readonly measurement: Measurement;
  readonly now: Date;
}): Evaluation {
  const { previous, measurement } = of;
  if (measurement.value === null) {
    const gap = { breachSince: undefined, calmSince: undefined, suppressedBy: undefined };
    return { state: { ...previous, ...gap, kind: "no_data" }, notice: undefined };
  }
  const next = move(of, measurement.value);
  if (!next.isRaised) return { state: next, notice: previous.isNoticed ? "cleared" : undefined };
  const suppressedBy = measurement.suppressedBy ?? guardOf(of.rule, measurement);
  if (suppressedBy !== undefined) {
    return { state: { ...next, kind: "suppressed", suppressedBy }, notice: undefined };
  }
  return { state: { ...next, isNoticed: true }, notice: previous.isNoticed ? undefined : "fired" };
}

type Step = Parameters<typeof evaluate>[0];

function move({ rule, previous, now }: Step, value: number): AlertState {
  const breachSince = value >= rule.threshold ? (previous.breachSince ?? now) : undefined;
  const calmSince =
    previous.isRaised && value < rule.clearThreshold ? (previous.calmSince ?? now) : undefined;
  const isLasting = breachSince !== undefined && lasted(breachSince, now) >= rule.forMs;
  const isOver = calmSince !== undefined && lasted(calmSince, now) >= rule.clearForMs;
  const isRaised = isLasting || (previous.isRaised && !isOver);
  if (!isRaised) return { ...calm, kind: breachSince === undefined ? "ok" : "pending", breachSince };
  const isNoticed = previous.isRaised && previous.isNoticed;
  return { kind: "firing", breachSince, calmSince, isRaised, isNoticed, suppressedBy: undefined };
}

function guardOf({ quietGuard }: AlertRule, { value, perHour }: Measurement): Suppression | undefined {
  if (quietGuard === undefined || perHour === null || value === null) return undefined;
  return perHour < quietGuard.perHour && value <= quietGuard.upTo ? "low_traffic" : undefined;
}

function lasted(since: Date, now: Date): number {
  return now.getTime() - since.getTime();
}
