import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** A comma-separated list of addresses and CIDR ranges, as given; each part is checked. Unset is an empty list. */
export const trustedProxiesSchema = z
  .string()
  .default("")
  .transform((list) => list.split(",").map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ""))
  .refine((parts) => parts.every((part) => parseRange(part) !== undefined), {
    message: "must be a comma-separated list of addresses or ranges like 10.0.0.7, 10.1.0.0/16",
  });

/** Whether only this machine can reach a server bound to `host` (a name or an address). */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || isInRanges({ address: host, ranges: ["127.0.0.0/8", "::1"] });
}

/** Where the product listens, whom it trusts to pass others on, and the address that people open. */
export type Reachability = {
  readonly host: string;
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string;
};

/**
 * Whether people reach the product from this machine alone: it listens on loopback, no proxy is told of that would pass
 * others on, and the address that people open names this machine.
 */
export function isForThisMachineOnly(settings: Reachability): boolean {
  const opened = new URL(settings.publicUrl).hostname.replace(/^\[|\]$/g, "");
  return isLoopbackHost(settings.host) && settings.trustedProxies.length === 0 && isLoopbackHost(opened);
}

/**
 * Whether a peer address lies in one of the ranges. Forwarded headers count only from peers for which this holds.
 * IPv4 peers of a dual-stack socket (`::ffff:10.0.0.7`) are compared as IPv4. Anything that is no address is outside.
 */
export function isInRanges(question: {
  readonly address: string;
  readonly ranges: readonly string[];
}): boolean {
  const address = question.address.replace(/^::ffff:(?=\d+\.)/i, "");
  const family = familyOf(address);
  if (family === undefined) return false;
  const list = new BlockList();
  for (const text of question.ranges) {
    const range = parseRange(text);
    if (range !== undefined) list.addSubnet(range.address, range.prefix, range.family);
  }
  return list.check(address, family);
}

type Range = { readonly address: string; readonly prefix: number; readonly family: "ipv4" | "ipv6" };

function parseRange(text: string): Range | undefined {
  const match = /^(?<address>[0-9a-f.:]+)(?:\/(?<prefix>\d{1,3}))?$/i.exec(text);
  const address = match?.groups?.["address"] ?? "";
  const family = familyOf(address);
  if (family === undefined) return undefined;
  const widest = family === "ipv4" ? 32 : 128;
  const prefix = Number(match?.groups?.["prefix"] ?? widest);
  return prefix <= widest ? { address, prefix, family } : undefined;
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  if (version === 4) return "ipv4";
  return version === 6 ? "ipv6" : undefined;
}
