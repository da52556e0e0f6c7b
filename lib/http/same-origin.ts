import { env } from "@/lib/config/env";

/**
 * Whether a request that may change something was not sent by a page of this product, and so must be refused. Browsers
 * say where a request comes from in Sec-Fetch-Site and Origin, which no script can set (Fetch, W3C Fetch Metadata); a
 * request that says neither is refused too. Reads pass: nothing changes by GET. Who carries no cookie need not be asked:
 * such a request acts for nobody but the token it brings.
 */
export function isForged(request: Request, publicUrl: string = env().publicUrl): boolean {
  const { headers } = request;
  if (readOnly.has(request.method) || !headers.has("cookie")) return false;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin") return true;
  if (origin === null) return site === null;
  return origin !== publicUrl && origin !== ownOrigin(headers);
}

const readOnly: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The origin that was asked, as our own listener settled it: forwarded headers count from trusted proxies only. */
function ownOrigin(headers: Headers): string | undefined {
  const host = headers.get("x-forwarded-host") || headers.get("host");
  const scheme = headers.get("x-forwarded-proto") || "http";
  const text = `${scheme}://${host}`;
  return host && URL.canParse(text) ? new URL(text).origin : undefined;
}
