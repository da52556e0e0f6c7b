import { describe, expect, test } from "vitest";
import { handleDocs } from "@/lib/api/docs-page";
import { itemSchemas, openApiDocument } from "@/lib/api/openapi";
import { itemExamples } from "@/lib/api/openapi-examples";
import { problemSpecs } from "@/lib/api/problem";
import { itemSchema } from "@/lib/core/message/schema";

const text = JSON.stringify(openApiDocument());

function get(): Request {
  return new Request("http://x.invalid/api/v1/docs");
}

describe("the OpenAPI document", () => {
  test("names every kind of item that the schema takes, and no other", () => {
    const kinds = Object.values(itemSchemas).map((schema) => schema.shape.kind.value);
    expect(new Set(kinds)).toEqual(new Set(itemSchema.options.map((schema) => schema.shape.kind.value)));
  });

  test("refers only to schemas that it holds", () => {
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(Object.keys(openApiDocument().components.schemas)).toContain(name);
  });

  test("says of instants that they are texts, as they are sent", () => {
    const { properties } = JSON.parse(text).components.schemas.Delivery;
    expect(properties.receivedAt).toMatchObject({ type: "string", format: "date-time" });
    expect(properties.attempts).toMatchObject({ default: 0 });
  });

  test("lists each refusal of the ingest endpoint with its status", () => {
    const { responses } = openApiDocument().paths["/api/v1/ingest"].post;
    for (const code of ["unauthenticated", "too_large", "rate_limited", "overloaded"] as const) {
      expect(Object.keys(responses)).toContain(String(problemSpecs[code].status));
    }
  });

  test.each(Object.entries(itemExamples))("shows a %s that is valid", (_name, example) => {
    expect(itemSchema.safeParse(example).success).toBe(true);
  });
});

describe("its page", () => {
  test("shows every field, runs no script and asks no other host", async () => {
    const response = await handleDocs(get());
    const html = await response.text();
    for (const field of Object.keys(itemSchemas.Delivery.shape))
      expect(html).toContain(`<code>${field}</code>`);
    expect(html).not.toMatch(/<script|<img|<link|src=|url\(|@import/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(["/api/v1/openapi.json"]);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("has a policy that allows exactly its own style", async () => {
    const response = await handleDocs(get());
    const style = /<style>([\s\S]*)<\/style>/.exec(await response.text())?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString("base64");
    expect(response.headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
  });
});
