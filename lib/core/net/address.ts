/**
 * What a connection to an address would be: to a machine of the network, to this machine itself, or to something that a
 * source can never be (metadata services of clouds, link-local, multicast, unspecified, tunnelled addresses).
 */
export type AddressKind = "host" | "loopback" | "forbidden";

/**
 * Judges an IPv4 or IPv6 address in any spelling that a URL may have: decimal, octal, hexadecimal and short forms, IPv6
 * with or without brackets or zone. Undefined when the text is a name. Private ranges are hosts: hospitals live there.
 */
export function addressKind(text: string): AddressKind | undefined {
  const [bare = ""] = text.replace(/^\[|\]$/g, "").split("%");
  if (bare.includes(":")) return ipv6Kind(bare);
  const canonical = canonicalHost(bare);
  return canonical !== undefined && dotted.test(canonical) ? ipv4Kind(numberOf(canonical)) : undefined;
}

const dotted = /^\d+\.\d+\.\d+\.\d+$/;

/** The URL parser's own spelling of a host (WHATWG URL, 3.5): the one that connections are made with. */
function canonicalHost(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}

function numberOf(ipv4: string): number {
  return ipv4.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

type Ipv4Range = readonly [first: string, prefix: number];

const forbiddenIpv4: readonly Ipv4Range[] = [
  ["0.0.0.0", 8],
  // Link-local (RFC 3927); the metadata services of most clouds answer at 169.254.169.254.
  ["169.254.0.0", 16],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  // Metadata services with addresses of their own: Alibaba, Oracle, Azure.
  ["100.100.100.200", 32],
  ["192.0.0.192", 32],
  ["168.63.129.16", 32],
];

function ipv4Kind(address: number): AddressKind {
  const isIn = ([first, prefix]: Ipv4Range) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(address / size) === Math.floor(numberOf(first) / size);
  };
  if (forbiddenIpv4.some(isIn)) return "forbidden";
  return isIn(["127.0.0.0", 8]) ? "loopback" : "host";
}

function ipv6Kind(text: string): AddressKind | undefined {
  const canonical = canonicalHost(`[${text}]`);
  if (canonical === undefined) return undefined;
  const groups = groupsOf(canonical.slice(1, -1));
  const [a = 0, b = 0, , , , f = 0] = groups;
  const startsWithZeros = (count: number) => groups.slice(0, count).every((group) => group === 0);
  if (startsWithZeros(7) && groups[7] === 1) return "loopback";
  // IPv4-mapped (RFC 4291, 2.5.5.2): the same machine as the IPv4 address.
  if (startsWithZeros(5) && f === 0xffff) return ipv4Kind(embedded(groups));
  // NAT64 (RFC 6052) and ISATAP (RFC 5214) carry an IPv4 address, which must be a machine of the network.
  const isNat64 = a === 0x64 && b === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  const isIsatap = f === 0x5efe && (groups[4] === 0 || groups[4] === 0x0200);
  if (isNat64 || isIsatap) return ipv4Kind(embedded(groups)) === "host" ? "host" : "forbidden";
  return forbiddenIpv6.some((isOne) => isOne(groups)) ? "forbidden" : "host";
}

const forbiddenIpv6: readonly ((groups: readonly number[]) => boolean)[] = [
  // Unspecified and IPv4-compatible (deprecated by RFC 4291, 2.5.5.1).
  (groups) => groups.slice(0, 6).every((group) => group === 0),
  // Link-local and multicast.
  ([a = 0]) => (a & 0xffc0) === 0xfe80,
  ([a = 0]) => (a & 0xff00) === 0xff00,
  // 6to4 (RFC 3056), Teredo (RFC 4380) and local NAT64 (RFC 8215) hide an IPv4 address where a check may miss it.
  ([a]) => a === 0x2002,
  ([a, b]) => a === 0x2001 && b === 0,
  ([a, b, c]) => a === 0x64 && b === 0xff9b && c === 1,
  // IPv4-translated (RFC 2765).
  (groups) => groups.slice(0, 4).every((group) => group === 0) && groups[4] === 0xffff,
  // Metadata services of AWS and Google over IPv6.
  ([a, b]) => a === 0xfd00 && b === 0x0ec2,
  ([a, b]) => a === 0xfd20 && b === 0x00ce,
];

/** The eight groups of a canonical IPv6 text, which has no dotted part. */
function groupsOf(text: string): readonly number[] {
  const [head = [], tail = []] = text
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address in the last 32 bits. */
function embedded(groups: readonly number[]): number {
  return (groups[6] ?? 0) * 0x10000 + (groups[7] ?? 0);
}
