import http from "node:http";
import type { Page } from "@playwright/test";
import { withOwnProduct } from "./support/own-product";
import {
  administrator,
  type Factors,
  makeAdministrator,
  passChallenge,
  submitSignIn,
} from "./support/person";
import { expect, test } from "./support/test";
import { watchConsole } from "./support/watch-console";

const product = withOwnProduct();
let page: Page;
let complaints: () => readonly string[];
let factors: Factors;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  complaints = watchConsole(page);
  factors = await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(() => page.context().close());

type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders };

/** A request as a program can send it: any header, also those that a browser keeps for itself. */
function send(path: string, options: http.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, product().url), options, (response) => {
      response
        .resume()
        .on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.on("error", reject).end();
  });
}

async function cookies(): Promise<string> {
  const jar = await page.context().cookies();
  return jar.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** The address of a file of the build, as a page names it. */
async function aScript(): Promise<string> {
  return (await page.locator("script[src]").first().getAttribute("src")) ?? "";
}

test("every answer carries the headers that keep a browser safe: pages, files, data and errors", async () => {
  const paths = [
    ...[
      "/",
      "/interfaces",
      "/messages",
      "/messages/search",
      "/sources",
      "/sources/add",
      "/sources/clients",
      "/sources/dead-letters",
    ],
    ...["/audit", "/admin", "/setup", "/sign-in", "/no-such-page", "/icon.svg", await aScript()],
    ...[
      "/api/health",
      "/fhir/metadata",
      "/fhir/AuditEvent",
      "/oauth/token",

      "/api/session",
      "/api/v1/ingest",
      "/api/v1/openapi.json",
      "/api/v1/docs",
      "/api/no-such",
    ],
    ...["/audit/events.csv", "/api/auth/session", "/api/auth/csrf"],
  ];
  for (const path of paths) {
    const { headers } = await send(path, { headers: { cookie: await cookies() } });
    expect.soft(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect.soft(headers["x-powered-by"], path).toBeUndefined();
  }
});

test("each page has a nonce of its own", async () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const policy = String((await send("/sign-in")).headers["content-security-policy"]);
    nonces.add(/'nonce-([0-9a-f]{32})'/.exec(policy)?.[1] ?? "none");
  }
  expect(nonces.size).toBe(100);
  expect(nonces).not.toContain("none");
});

test("changes that another site asks for are refused, and change nothing", async () => {
  const forged: readonly Record<string, string>[] = [
    {},
    { origin: "" },
    { origin: "null" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example" },
    { origin: "http://evil.localhost", "sec-fetch-site": "same-site" },
    { origin: `${product().url}.evil.example` },
    { origin: "http://localhost:1" },
    { origin: product().url, "sec-fetch-site": "cross-site" },
    { origin: product().url, "sec-fetch-site": "none" },
    { "content-type": "text/plain", "sec-fetch-site": "cross-site" },
    { "x-http-method-override": "GET", "sec-fetch-site": "cross-site" },
    { "x-forwarded-host": "evil.example", origin: "http://evil.example" },
  ];
  for (const path of ["/sources", "/api/sign-out", "/api/session", "/api/auth/signout"]) {
    for (const headers of forged) {
      const sent = { ...headers, cookie: await cookies(), "next-action": "0" };
      const { status } = await send(path, { method: "POST", headers: sent });
      expect.soft(status, `${path} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/sources$/);
});

test("signing out makes the browser forget what it kept, and the session is over", async () => {
  const before = await cookies();
  await page.evaluate(() => window.sessionStorage.setItem("kept", "1"));
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  const answered = page.waitForResponse("**/api/sign-out");
  await page.getByRole("button", { name: "Sign out" }).click();
  expect(await (await answered).headerValue("clear-site-data")).toBe('"cache", "storage"');
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await page.evaluate(() => window.sessionStorage.getItem("kept"))).toBeNull();
  expect((await send("/sources", { headers: { cookie: before } })).status).toBe(307);
  await submitSignIn(page, administrator.password);
  await passChallenge(page, factors);
  await expect(page).toHaveURL(`${product().url}/`);
});

test("no page complained of its content policy, Trusted Types included", async () => {
  const paths = [
    "/",
    "/interfaces",
    "/messages",
    "/messages/search",
    "/sources",
    "/sources/add",
    "/audit",
    "/admin",
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.getByRole("link", { name: "Sources" }).first().click();
  await expect(page).toHaveURL(/\/sources$/);
  expect(complaints()).toEqual([]);
});
