import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKind } from "@/lib/core/net/address";
import { isSourceAddress, mayConnect } from "@/lib/core/net/target";

/** 169.254.169.254 and its kin, in every spelling that a URL or a resolver may hand over. */
const forbiddenHosts = [
  "169.254.169.254",
  "169.254.0.1",
  "169.254.255.255",
  "2852039166",
  "0xA9FEA9FE",
  "0xa9fea9fe",
  "025177524776",
  "0251.0376.0251.0376",
  "0xa9.0xfe.0xa9.0xfe",
  "0xA9.254.0251.254",
  "169.16689662",
  "169.254.43518",
  "0xa9.0xfea9fe",
  "0251.0376.0124776",
  "169.254.169.254.",
  "１６９.２５４.１６９.２５４",
  "169。254。169。254",
  "169%2e254%2e169%2e254",
  "0000000251.0000376.0251.00376",
  "0x00000000a9.254.169.254",
  "0",
  "0.0.0.0",
  "0x0",
  "00",
  "0.1.2.3",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "4294967295",
  "0xffffffff",
  "100.100.100.200",
  "1684301000",
  "192.0.0.192",
  "0xc00000c0",
  "168.63.129.16",
  "0xa83f8110",
  "[::]",
  "[0:0:0:0:0:0:0:0]",
  "[::0]",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "[::FFFF:A9FE:A9FE]",
  "[0:0:0:0:0:ffff:a9fe:a9fe]",
  "[0000:0000:0000:0000:0000:ffff:169.254.169.254]",
  "[::ffff:0.0.0.0]",
  "[::ffff:100.100.100.200]",
  "[::ffff:255.255.255.255]",
  "[::169.254.169.254]",
  "[::a9fe:a9fe]",
  "[::127.0.0.1]",
  "[::10.0.0.1]",
  "[::ffff:0:169.254.169.254]",
  "[::ffff:0:a9fe:a9fe]",
  "[64:ff9b::169.254.169.254]",
  "[64:ff9b::a9fe:a9fe]",
  "[64:ff9b:0:0:0:0:a9fe:a9fe]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::a9fe:a9fe]",
  "[64:ff9b:1:abcd::1]",
  "[2002:a9fe:a9fe::]",
  "[2002:a9fe:a9fe::1]",
  "[2002:7f00:0001::]",
  "[2002:0a00:0001::]",
  "[2001:0:a9fe:a9fe::]",
  "[2001::1]",
  "[2001:0000:4136:e378:8000:63bf:5601:5601]",
  "[2001:0:0:0:0:0:5601:5601]",
  "[fe80::1]",
  "[FE80::1]",
  "[fe80::a9fe:a9fe]",
  "[fe90::1]",
  "[fea0::1]",
  "[feb0::1]",
  "[febf:ffff::1]",
  "[fe80:0:0:0:0:0:0:1]",
  "[ff02::1]",
  "[ff05::c]",
  "[fd00:ec2::254]",
  "[fd00:0ec2:0:0:0:0:0:254]",
  "[fd20:ce::254]",
  "[2001:db8::5efe:a9fe:a9fe]",
  "[2001:db8::5efe:169.254.169.254]",
  "[2001:db8::200:5efe:a9fe:a9fe]",
] as const;

const loopbackHosts = [
  "127.0.0.1",
  "127.1",
  "127.255.255.254",
  "2130706433",
  "0x7f000001",
  "017700000001",
  "0177.0.0.1",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
] as const;

const hosts = [
  "10.0.0.7",
  "172.16.4.4",
  "192.168.1.20",
  "100.64.0.1",
  "193.0.0.192",
  "169.253.255.255",
  "169.255.0.0",
  "[::ffff:10.0.0.7]",
  "[fd12:3456::7]",
  "[fec0::7]",
  "[2001:db8::7]",
  "[2001:4860::1]",
  "[64:ff9b::10.0.0.7]",
] as const;

test("the list is long enough to mean something", () => {
  expect(new Set(forbiddenHosts).size).toBeGreaterThanOrEqual(80);
});

test.each(forbiddenHosts)("%s is no address of a source", (host) => {
  expect(addressKind(host)).toBe("forbidden");
  for (const scheme of ["http", "https"]) expect(isSourceAddress(`${scheme}://${host}:8443/api`)).toBe(false);
});

test.each(loopbackHosts)("%s is this machine", (host) => {
  expect(addressKind(host)).toBe("loopback");
  expect(isSourceAddress(`https://${host}:8443`)).toBe(true);
});

test.each(hosts)("%s is a machine of the network", (host) => {
  expect(addressKind(host)).toBe("host");
  expect(isSourceAddress(`https://${host}:8443`)).toBe(true);
});

test.each([
  "https://user@169.254.169.254",
  "https://user@engine.example.org",
  "https://engine.example.org@169.254.169.254/",
  "https://user:secret@engine.example.org",
  "https://engine.example.org\\@169.254.169.254/",
  "https://169.254.169.254#engine.example.org",
  "https://169.254.169.254?engine.example.org",
  "https://engine.example.org/?a=1",
  "https://[fe80::1%25eth0]/",
  "file:///etc/passwd",
  "gopher://10.0.0.7/",
  "ftp://10.0.0.7/",
  "javascript:alert(1)",
  "data:text/plain,1",
  "//169.254.169.254/",
  "https://",
  "https://999.1.1.1",
])("%s is not an address of a source either, as a person might be made to enter it", (url) => {
  // A backslash is a slash to the URL parser, so what stands before it is the host.
  expect(isSourceAddress(url)).toBe(url.includes("\\"));
});

describe("what a name resolves to", () => {
  test.each([
    ["engine.example.org", "10.0.0.7", true],
    ["engine.example.org", "fd12:3456::7", true],
    ["engine.example.org", "169.254.169.254", false],
    ["engine.example.org", "::ffff:169.254.169.254", false],
    ["engine.example.org", "fe80::1%eth0", false],
    ["engine.example.org", "127.0.0.1", false],
    ["engine.example.org", "::1", false],
    ["localhost.example.org", "127.0.0.1", false],
    ["localhost", "127.0.0.1", true],
    ["LOCALHOST.", "::1", true],
    ["engine.localhost", "127.0.0.1", true],
    ["localhost", "169.254.169.254", false],
    ["127.0.0.1", "127.0.0.1", true],
    ["engine.example.org", "not an address", false],
  ])("%s at %s: %s", (host, address, expected) => {
    expect(mayConnect({ host, address })).toBe(expected);
  });
});

test("each spelling of an IPv4 address is judged as the dotted one", () => {
  const spelled = (n: number) => [
    String(n),
    `0x${n.toString(16)}`,
    `0${n.toString(8)}`,
    `[::ffff:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
  ];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (n) => {
      const dotted = [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join(".");
      for (const text of spelled(n)) expect(addressKind(text)).toBe(addressKind(dotted));
    }),
    { numRuns: 2_000 },
  );
});
