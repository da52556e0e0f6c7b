import { BlockList, isIP } from "node:net";

/** Whether a list reads as addresses and CIDR ranges, separated by commas or blanks. */
export function isPeerList(text: string): boolean {
  return partsOf(text).every((part) => rangeOf(part) !== undefined);
}

/** Tells the peers of a list from others; an empty list admits everybody. */
export function peerFilter(text: string): (peer: string) => boolean {
  const parts = partsOf(text);
  if (parts.length === 0) return () => true;
  const list = new BlockList();
  for (const part of parts) {
    const range = rangeOf(part);
    if (range !== undefined) list.addSubnet(range.address, range.prefix, range.family);
  }
  return (peer) => {
    // IPv4 peers of a dual-stack socket are compared as IPv4.
    const address = peer.replace(/^::ffff:(?=\d+\.)/i, "");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    return isIP(address) !== 0 && list.check(address, family);
  };
}

type Range = { readonly address: string; readonly prefix: number; readonly family: "ipv4" | "ipv6" };

function partsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

function rangeOf(part: string): Range | undefined {
  const [address = "", prefixText, ...more] = part.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return undefined;
  const family = version === 4 ? "ipv4" : "ipv6";
  const widest = version === 4 ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return undefined;
  const prefix = prefixText === undefined ? widest : Number(prefixText);
  return prefix <= widest ? { address, prefix, family } : undefined;
}
