import { describe, expect, test } from "vitest";
import { settleForwarded } from "@/lib/config/forwarded";

const direct = { peer: "203.0.113.9", isTls: false, headers: { host: "box:3000" }, trustedProxies: [] };

describe("forwarded headers", () => {
  test("a direct client is its own address, scheme and host", () => {
    expect(settleForwarded(direct)).toEqual({
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "http",
      "x-forwarded-host": "box:3000",
    });
    expect(settleForwarded({ ...direct, isTls: true })["x-forwarded-proto"]).toBe("https");
  });

  test("what an untrusted client claims does not count", () => {
    const headers = {
      host: "box:3000",
      "x-forwarded-for": "10.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
    };
    expect(settleForwarded({ ...direct, headers, trustedProxies: ["10.0.0.1"] })).toEqual(
      settleForwarded(direct),
    );
  });

  const proxied = { peer: "::ffff:10.0.0.1", isTls: false, trustedProxies: ["10.0.0.0/24"] };

  test("a trusted proxy reports client, scheme and host", () => {
    const headers = {
      host: "inner:3000",
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "box.example.org",
    };
    expect(settleForwarded({ ...proxied, headers })).toEqual({
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "box.example.org",
    });
  });

  test.each([
    ["addresses the client put in front are skipped", "1.1.1.1, 198.51.100.7", "198.51.100.7"],
    ["inner proxies are skipped", "198.51.100.7, 10.0.0.3, 10.0.0.2", "198.51.100.7"],
    ["an entry that is no address ends the chain", "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2"],
    ["no header leaves the proxy itself", "", "10.0.0.1"],
  ])("%s", (_, chain, client) => {
    const headers = { host: "inner", "x-forwarded-for": chain };
    expect(settleForwarded({ ...proxied, headers })["x-forwarded-for"]).toBe(client);
  });

  test("a scheme that is neither http nor https is ignored", () => {
    const headers = { host: "inner", "x-forwarded-proto": "gopher" };
    expect(settleForwarded({ ...proxied, headers })["x-forwarded-proto"]).toBe("http");
  });
});
