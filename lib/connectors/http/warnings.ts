import type { ProbeWarning } from "../connector";
import type { ServerSettings } from "./settings";

export function plainHttpWarning({ url }: Pick<ServerSettings, "url">): readonly ProbeWarning[] {
  if (url.startsWith("https:")) return [];
  return [
    {
      severity: "warning",
      text: "The address is not https: password and patient data cross the network in clear.",
    },
  ];
}

/** What a person should know of a clock that differs by two seconds or more. */
export function clockWarnings(clockSkewMs: number | undefined): readonly ProbeWarning[] {
  if (clockSkewMs === undefined || Math.abs(clockSkewMs) < 2_000) return [];
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  const direction = clockSkewMs > 0 ? "ahead of" : "behind";
  return [
    {
      severity: seconds >= 60 ? "warning" : "notice",
      text: `The server's clock is ${seconds} seconds ${direction} this one. Turnaround times that begin in one system and end in another are off by as much. Let both follow the same time server.`,
    },
  ];
}
