import { expect, test } from "vitest";
import { guarded } from "@/lib/api/handler";
import { pagePolicy, securityHeaders } from "@/lib/config/security-headers";
import { AppError } from "@/lib/core/errors";

test("HSTS is sent where people type https, and for this name alone", () => {
  const of = (publicUrl: string) => securityHeaders({ publicUrl })["Strict-Transport-Security"];
  expect(of("https://signalbox.example.org")).toBe("max-age=31536000");
  expect(of("http://localhost:3000")).toBeUndefined();
});

test("scripts run by nonce only, and nothing is loaded from elsewhere", () => {
  const policy = pagePolicy("n1");
  expect(policy).toContain("script-src 'self' 'nonce-n1' 'strict-dynamic';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
});

test.each([
  ["an answer", async () => new Response("fine")],
  [
    "a refusal",
    async () => {
      throw new AppError("not_found", "Nothing here.");
    },
  ],
])("%s of the API may be neither framed, sniffed nor run", async (_, handler) => {
  const { headers } = await guarded(handler)(new Request("http://x.invalid/"));
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const [name, value] of Object.entries(securityHeaders({ publicUrl: "http://localhost:3000" }))) {
    expect(headers.get(name)).toBe(value);
  }
});
