import { classNames } from "./class-names";

/** What a lamp can say. Shape carries it as well as colour: disc = abnormal, ring = normal, dashed ring = unknown, hatched = excluded. */
export const lampStates = ["critical", "warning", "notice", "ok", "unknown", "excluded"] as const;
export type LampState = (typeof lampStates)[number];

export type LampProps = {
  readonly state: LampState;
  /** Spoken and shown on hover. Leave out only where the word stands beside the lamp. */
  readonly label?: string;
  /** A thin green ring for "ok", only where a person asks "is it well?" (estate, wall board). */
  readonly isWellGreen?: boolean;
  readonly className?: string;
};

/** A signal lamp, 14 × 14 px. Use `StatusWord` unless the word is already beside it. */
export function Lamp({ state, label, isWellGreen = false, className }: LampProps) {
  const colour = state === "ok" && isWellGreen ? "text-ok" : fills[state];
  return (
    <span title={label} className={classNames("inline-flex shrink-0", colour, className)}>
      {label ? <span className="sr-only">{label}</span> : null}
      <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5">
        <LampShape state={state} />
      </svg>
    </span>
  );
}

/** Colours for words beside a lamp. */
export const lampColours: Record<LampState, string> = {
  critical: "text-critical",
  warning: "text-warning",
  notice: "text-notice",
  ok: "text-line-strong",
  unknown: "text-unknown",
  excluded: "text-muted",
};

// Amber that is dark enough for words is brown; a disc needs only 3:1 and stays amber.
const fills: Record<LampState, string> = { ...lampColours, warning: "text-warning-fill" };

function LampShape({ state }: { readonly state: LampState }) {
  switch (state) {
    case "critical":
      return (
        <>
          <circle cx="7" cy="7" r="4.25" fill="currentColor" />
          <circle cx="7" cy="7" r="6.25" fill="none" stroke="currentColor" strokeWidth="1" />
        </>
      );
    case "warning":
      return <circle cx="7" cy="7" r="4.75" fill="currentColor" />;
    case "notice":
      return <circle cx="7" cy="7" r="3.5" fill="currentColor" />;
    case "ok":
      return <circle cx="7" cy="7" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />;
    case "unknown":
      return (
        <circle
          cx="7"
          cy="7"
          r="4.75"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.4 2.57"
        />
      );
    case "excluded":
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.25">
          <circle cx="7" cy="7" r="5" />
          <path d="M3.5 10.5l7-7M2.6 7.4l4.8-4.8M6.6 11.4l4.8-4.8" />
        </g>
      );
  }
}
