import type { ProbeWarning } from "../connector";

/** Release of an engine, comparable. */
export type Version = { readonly major: number; readonly minor: number; readonly patch: number };

/** Reads `4.5.2`, also with a build suffix. Undefined for text that is no version: then it is no such engine. */
export function versionOf(text: string): Version | undefined {
  const [, major, minor, patch] =
    /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?(?:[.\-+ ][\w.\-+ ]*)?$/.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) };
}

/** Older engines lack calls that are needed (`/channels/idsAndNames` came with 3.8). */
export const OLDEST_READ: Version = { major: 3, minor: 8, patch: 0 };
const NEWEST_SEEN: Version = { major: 4, minor: 5, patch: 2 };
/** XStream deserialises untrusted data before: CVE-2023-37679 and the way around its fix, CVE-2023-43208. */
const SAFE_FROM: Version = { major: 4, minor: 4, patch: 1 };

export function isBefore(a: Version, b: Version): boolean {
  return (a.major - b.major || a.minor - b.minor || a.patch - b.patch) < 0;
}

/** What a person should know about an engine of this version. */
export function versionWarnings(version: Version): readonly ProbeWarning[] {
  const warnings: ProbeWarning[] = [];
  if (isBefore(version, SAFE_FROM)) {
    warnings.push({
      severity: "critical",
      text: "Engines before 4.4.1 let anyone who reaches this port run programs on the server without signing in (CVE-2023-43208, CVE-2023-37679). Upgrade to 4.4.1 or later, and until then let only known machines reach the port.",
    });
  }
  if (isBefore(NEWEST_SEEN, version)) {
    warnings.push({
      severity: "notice",
      text: "This release is newer than 4.5.2, the last that was tried. What it says in other words is set aside and shown under dead letters.",
    });
  }
  return warnings;
}
