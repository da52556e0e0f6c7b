import type { Env } from "@/lib/config/env";

type Headers = Readonly<Record<string, string>>;

/** Where browsers tell of what a content policy refused. */
export const CSP_REPORT_PATH = "/api/csp-report";

/**
 * Headers of every answer of either port, pages, files, data and errors alike. HSTS only where people type https, and
 * for this name alone: what its neighbours speak is not ours to say.
 */
export function securityHeaders({ publicUrl }: Pick<Env, "publicUrl">): Headers {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": permissionsPolicy,
    ...(publicUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}

/** The policy of answers that are data: nothing in them may run, load or be framed. */
export const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of a page: scripts by nonce only, and no markup or script from text (Trusted Types). */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // Charts and overlays are placed by style attributes, which no nonce can cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default nextjs",
    `report-uri ${CSP_REPORT_PATH}`,
    "report-to csp",
  ].join("; ");
}

/** Headers of a page besides `securityHeaders`. */
export function pageHeaders(policy: string): Headers {
  return {
    "Content-Security-Policy": policy,
    "Reporting-Endpoints": `csp="${CSP_REPORT_PATH}"`,
    "Cache-Control": "no-store",
  };
}

/** Nothing of the machine is used but the clipboard (copying identifiers) and passkeys, both by this origin alone. */
const permissionsPolicy = [
  ...[
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
  ].map((feature) => `${feature}=()`),
  ...["clipboard-write", "publickey-credentials-create", "publickey-credentials-get"].map(
    (feature) => `${feature}=(self)`,
  ),
].join(", ");
