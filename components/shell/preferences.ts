import { isZone } from "@/lib/core/time/zone";

export type Theme = "system" | "light" | "dark";
export type Density = "dense" | "comfortable";

/** How a person wants the product to look on this device. Lives in cookies so that the server draws it without a flash. */
export type Preferences = {
  readonly theme: Theme;
  readonly density: Density;
  /** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
  readonly isSingleKeysOn: boolean;
  readonly isRailCollapsed: boolean;
  /** IANA zone of the device, remembered on the first visit; undefined until then. */
  readonly zone: string | undefined;
};

export const preferenceCookies = {
  theme: "signalbox-theme",
  density: "signalbox-density",
  keys: "signalbox-keys",
  rail: "signalbox-rail",
  zone: "signalbox-zone",
} as const;
export type PreferenceName = keyof typeof preferenceCookies;

/**
 * Reads the preferences from a cookie lookup, e.g. `readPreferences((name) => jar.get(name)?.value)`.
 * Unknown or missing values fall back to: system theme, dense rows, single keys on, rail open.
 */
export function readPreferences(cookie: (name: string) => string | undefined): Preferences {
  const theme = cookie(preferenceCookies.theme);
  const zone = cookie(preferenceCookies.zone);
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    density: cookie(preferenceCookies.density) === "comfortable" ? "comfortable" : "dense",
    isSingleKeysOn: cookie(preferenceCookies.keys) !== "off",
    isRailCollapsed: cookie(preferenceCookies.rail) === "collapsed",
    zone: zone !== undefined && isZone(zone) ? zone : undefined,
  };
}
