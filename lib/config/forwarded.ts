import { isIP } from "node:net";
import { isInRanges } from "@/lib/config/network";

/** Headers as Node gives them. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a request says about the client behind it, once nobody untrusted had a say in it. */
export type ForwardedHeaders = {
  readonly "x-forwarded-for": string;
  readonly "x-forwarded-proto": "http" | "https";
  readonly "x-forwarded-host": string;
};

/**
 * The forwarded headers that hold for a request: the peer's own facts, or what trusted proxies report. The client is
 * the last address in `x-forwarded-for` that no trusted proxy has; whatever stands before it a client can make up.
 */
export function settleForwarded(request: {
  readonly peer: string;
  readonly isTls: boolean;
  readonly headers: Headers;
  readonly trustedProxies: readonly string[];
}): ForwardedHeaders {
  const { headers, trustedProxies } = request;
  const own = {
    "x-forwarded-for": plainAddress(request.peer),
    "x-forwarded-proto": request.isTls ? "https" : "http",
    "x-forwarded-host": lastOf(headers["host"]) ?? "",
  } as const;
  const isTrusted = (address: string) => isInRanges({ address, ranges: trustedProxies });
  if (!isTrusted(request.peer)) return own;
  const proto = lastOf(headers["x-forwarded-proto"])?.toLowerCase();
  return {
    "x-forwarded-for": clientOf(listOf(headers["x-forwarded-for"]), isTrusted) ?? own["x-forwarded-for"],
    "x-forwarded-proto": proto === "https" || proto === "http" ? proto : own["x-forwarded-proto"],
    "x-forwarded-host": lastOf(headers["x-forwarded-host"]) ?? own["x-forwarded-host"],
  };
}

function clientOf(chain: readonly string[], isTrusted: (address: string) => boolean): string | undefined {
  let client: string | undefined;
  for (const hop of [...chain].reverse()) {
    // Behind an entry that is no address nothing can be believed.
    if (isIP(hop) === 0) return client;
    client = plainAddress(hop);
    if (!isTrusted(hop)) return client;
  }
  return client;
}

/** IPv4 over a dual-stack socket arrives as `::ffff:10.0.0.7`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

function listOf(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .flatMap((value) => value.split(","))
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

function lastOf(header: string | readonly string[] | undefined): string | undefined {
  return listOf(header).at(-1);
}
