import { expect, test } from "vitest";
import { isForged } from "@/lib/http/same-origin";

const publicUrl = "https://signalbox.example.org";

/** A request as the listener hands it on: the forwarded headers are settled. */
function ask(headers: Record<string, string>, method = "POST") {
  const settled = { "x-forwarded-host": "signalbox.example.org", "x-forwarded-proto": "https" };
  return new Request("http://127.0.0.1:3000/sources", {
    method,
    headers: { cookie: "__Host-signalbox.session=x", ...settled, ...headers },
  });
}

test.each<[string, Record<string, string>]>([
  ["no word of where it comes from", {}],
  ["an empty origin", { origin: "" }],
  ["an opaque origin", { origin: "null" }],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site, in a browser that says no site", { origin: "https://evil.example" }],
  ["a sibling host", { origin: "https://other.example.org", "sec-fetch-site": "same-site" }],
  ["a host below ours", { origin: "https://a.signalbox.example.org", "sec-fetch-site": "same-site" }],
  ["the same host without TLS", { origin: "http://signalbox.example.org", "sec-fetch-site": "cross-site" }],
  ["the same host without TLS, in a browser that says no site", { origin: "http://signalbox.example.org" }],
  ["another port", { origin: "https://signalbox.example.org:8443", "sec-fetch-site": "same-site" }],
  ["a host that begins like ours", { origin: "https://signalbox.example.org.evil.example" }],
  ["our origin with a user name", { origin: "https://signalbox.example.org@evil.example" }],
  ["a plain text form of another site", { "content-type": "text/plain", "sec-fetch-site": "cross-site" }],
  ["our origin, claimed across sites", { origin: publicUrl, "sec-fetch-site": "cross-site" }],
  ["a bookmark or an application, to change something", { origin: publicUrl, "sec-fetch-site": "none" }],
])("a change is refused that comes from %s", (_, headers) => {
  expect(isForged(ask(headers), publicUrl)).toBe(true);
});

test.each(["PUT", "PATCH", "DELETE", "PROPFIND"])("a %s is a change", (method) => {
  expect(isForged(ask({ origin: "https://evil.example" }, method), publicUrl)).toBe(true);
});

test("a method in a header is no method: a GET stays a read", () => {
  expect(isForged(ask({ "x-http-method-override": "POST", "sec-fetch-site": "cross-site" }, "GET"))).toBe(
    false,
  );
});

test.each<[string, Record<string, string>]>([
  ["says so twice", { origin: publicUrl, "sec-fetch-site": "same-origin" }],
  ["says so by its site alone", { "sec-fetch-site": "same-origin" }],
  ["says so by its origin alone", { origin: publicUrl }],
  ["comes to the address that was asked", { origin: "https://10.0.0.7", "x-forwarded-host": "10.0.0.7" }],
])("a change passes that comes from our own page and %s", (_, headers) => {
  expect(isForged(ask(headers), publicUrl)).toBe(false);
});

test("who carries no cookie acts for nobody else", () => {
  const request = new Request("http://127.0.0.1:3000/api/v1/ingest", { method: "POST" });
  expect(isForged(request, publicUrl)).toBe(false);
});
