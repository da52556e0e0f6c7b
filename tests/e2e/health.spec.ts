import { expect, test } from "./support/test";

test("health answers without signing in", async ({ request }) => {
  const response = await request.get("/api/health");
  expect(response.status()).toBe(200);
});

test("a forwarded address that nobody vouches for changes nothing", async ({ request }) => {
  const response = await request.get("/api/health", { headers: { "x-forwarded-host": "evil.example" } });
  expect(await response.text()).not.toContain("evil.example");
});
