import { createHash } from "node:crypto";
import type { Handler } from "@/lib/api/handler";
import { docsStyle } from "./docs-style";
import { openApiDocument } from "./openapi";
import { itemExamples } from "./openapi-examples";

/** GET /api/v1/docs: the OpenAPI document as one page without scripts and without anything from another host. */
export const handleDocs: Handler = async () =>
  new Response(docsPage(), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });

const styleHash = createHash("sha256").update(docsStyle).digest("base64");

function docsPage(): string {
  const { info, paths, components } = openApiDocument();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationSection({ path, method, operation })),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}</title><style>${docsStyle}</style></head><body><main>
<h1>${escapeHtml(info.title)}</h1>
<p class="lead">${escapeHtml(info.summary)} <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a></p>
<p>${escapeHtml(info.description)}</p>
<pre><code>${escapeHtml(CURL)}</code></pre>
${operations.join("\n")}
<h2>Schemas</h2>
${schemas.join("\n")}
</main></body></html>`;
}

const CURL = `curl -X POST https://signalbox.example.org/api/v1/ingest \\
  -H "Authorization: Bearer $SIGNALBOX_TOKEN" -H "Content-Type: application/json" \\
  --data '${JSON.stringify([itemExamples["Delivery"]])}'`;

type Operation = { readonly summary: string; readonly responses: Readonly<Record<string, unknown>> };

function operationSection(of: {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}): string {
  const { path, method, operation } = of;
  const rows = Object.entries(operation.responses).map(
    ([status, response]) =>
      `<tr><td><code>${escapeHtml(status)}</code></td><td>${escapeHtml(textIn(response, "description"))}</td></tr>`,
  );
  return `<section><h2><code>${escapeHtml(method.toUpperCase())} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary)}</p>
<table><thead><tr><th>Status</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}

function schemaSection(name: string, schema: unknown): string {
  const required = fieldOf(schema, "required");
  const isRequired = (field: string) => Array.isArray(required) && required.includes(field);
  const properties = Object.entries(fieldOf(schema, "properties") ?? {});
  const rows = properties.map(
    ([field, property]) =>
      `<tr><td><code>${escapeHtml(field)}</code></td><td>${escapeHtml(typeOf(property))}</td>` +
      `<td>${isRequired(field) ? "required" : ""}</td><td>${escapeHtml(textIn(property, "description"))}</td></tr>`,
  );
  const example = itemExamples[name];
  const table = `<table><thead><tr><th>Field</th><th>Type</th><th></th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const body = properties.length > 0 ? table : `<p>${escapeHtml(typeOf(schema))}</p>`;
  const sample =
    example === undefined ? "" : `<pre><code>${escapeHtml(JSON.stringify(example, null, 2))}</code></pre>`;
  return `<section id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${body}${sample}</section>`;
}

/** A JSON Schema in a few words. */
function typeOf(schema: unknown): string {
  const ref = textIn(schema, "$ref");
  if (ref !== "") return ref.slice(ref.lastIndexOf("/") + 1);
  const constant = fieldOf(schema, "const");
  if (constant !== undefined) return JSON.stringify(constant);
  const values = fieldOf(schema, "enum");
  if (Array.isArray(values)) return values.map(String).join(" | ");
  const choices = fieldOf(schema, "oneOf") ?? fieldOf(schema, "anyOf");
  if (Array.isArray(choices)) return choices.map(typeOf).join(" | ");
  const type = textIn(schema, "type");
  if (type === "array") return `${typeOf(fieldOf(schema, "items"))}[]`;
  if (type === "object") return `{ ${Object.keys(fieldOf(schema, "properties") ?? {}).join(", ")} }`;
  const limit = fieldOf(schema, "maxLength");
  const format = textIn(schema, "format");
  return `${type}${format === "" ? "" : ` (${format})`}${limit === undefined ? "" : `, up to ${String(limit)}`}`;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function textIn(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === "string" ? text : "";
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
