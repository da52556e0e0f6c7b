import { type CertificateFacts, certificateStanding } from "./certificate";
import { releaseFindings } from "./known-releases";

/** What is known of a system now. */
export type SystemState = {
  readonly product: string | undefined;
  readonly version: string | undefined;
  readonly endpoint: string | undefined;
  readonly certificate: CertificateFacts | undefined;
  /** The system's clock minus ours; undefined where nobody measures it. */
  readonly clockSkewMs: number | undefined;
};

export type SystemWarning = {
  readonly severity: "critical" | "warning" | "notice";
  readonly text: string;
  readonly source?: string;
};

/** What needs somebody at a system, the worst in front. */
export function systemWarnings(system: SystemState, now: Date): readonly SystemWarning[] {
  const warnings = [
    ...certificateWarnings(system, now),
    ...clockWarnings(system.clockSkewMs),
    ...releaseFindings({ ...system, now }),
  ];
  return warnings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

const severities = ["critical", "warning", "notice"] as const;

/** Beyond this, delays between two systems are told wrongly (IHE CT, ITI-1, asks for a median error below one second). */
const SKEW_NOTICE_MS = 1_000;
const SKEW_WARNING_MS = 60_000;

function clockWarnings(skewMs: number | undefined): readonly SystemWarning[] {
  if (skewMs === undefined || Math.abs(skewMs) < SKEW_NOTICE_MS) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const severity = Math.abs(skewMs) < SKEW_WARNING_MS ? "notice" : "warning";
  const text = `Its clock is ${seconds} s ${skewMs > 0 ? "ahead" : "behind"}: times across systems do not compare.`;
  return [{ severity, text }];
}

function certificateWarnings(system: SystemState, now: Date): readonly SystemWarning[] {
  if (system.endpoint === undefined) return [];
  const { state, daysLeft } = certificateStanding(system.certificate, now);
  const problem = system.certificate?.problem;
  const failed: readonly SystemWarning[] =
    problem === undefined ? [] : [{ severity: "warning", text: `Its certificate was not read: ${problem}` }];
  switch (state) {
    case "expired":
      return [{ severity: "critical", text: "Its certificate has expired." }, ...failed];
    case "not-yet":
      return [{ severity: "critical", text: "Its certificate is not valid yet." }, ...failed];
    case "soon":
      return [{ severity: "critical", text: `Its certificate ends in ${daysText(daysLeft)}.` }, ...failed];
    case "ending":
      return [{ severity: "warning", text: `Its certificate ends in ${daysText(daysLeft)}.` }, ...failed];
    case "unread":
    case "valid":
      return failed;
  }
}

function daysText(days: number | undefined): string {
  return days === 1 ? "1 day" : `${days ?? 0} days`;
}
