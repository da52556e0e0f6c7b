import { createServer } from "node:http";
import { afterAll } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";
import { anIo } from "@/tests/connectors/pacs-stub";

export type Stored = {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly lastUpdated: string };
};

/** How the server misbehaves, if it does. Functions are asked for each request by path and query. */
export type Habits = {
  /** A status with headers instead of an answer. */
  readonly refuse?: (
    path: string,
  ) => { readonly status: number; readonly headers?: Record<string, string> } | undefined;
  readonly body?: (path: string) => { readonly type: string; readonly text: string } | undefined;
  /** Rewrites the link to the next page. */
  readonly next?: (url: string) => string;
  readonly ignoresCount?: boolean;
  readonly isUnsorted?: boolean;
  readonly clockAheadMs?: number;
};

export type FhirStub = {
  readonly url: string;
  readonly io: PollIo;
  /** Paths with their queries, in the order they were asked. */
  readonly asked: string[];
  /** The Authorization header of each request. */
  readonly shown: (string | undefined)[];
  readonly put: (...resources: readonly Stored[]) => void;
  habits: Habits;
};

/** A small FHIR R4 server that ends with the test file: metadata, searches by time of writing, pages, tokens. */
export async function startFhirStub(
  resources: readonly Stored[] = [],
  habits: Habits = {},
): Promise<FhirStub> {
  const stored = new Map(resources.map((one) => [`${one.resourceType}/${one.id}`, one]));
  const asked: string[] = [];
  const shown: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://stub");
    asked.push(request.url ?? "");
    shown.push(request.headers.authorization);
    const ahead = stub.habits.clockAheadMs ?? 0;
    response.setHeader("Date", new Date(stub.io.now().getTime() + ahead).toUTCString());
    const refused = stub.habits.refuse?.(request.url ?? "");
    if (refused !== undefined) {
      response.writeHead(refused.status, refused.headers).end();
      return;
    }
    const given = stub.habits.body?.(request.url ?? "");
    response.setHeader("Content-Type", given?.type ?? "application/fhir+json");
    response.end(given?.text ?? JSON.stringify(answerTo(address)));
  });
  const answerTo = (address: URL): unknown => {
    const type = address.pathname.split("/").at(-1) ?? "";
    if (type === "token")
      return { access_token: `at-${asked.length}`, token_type: "Bearer", expires_in: 300 };
    if (type === "metadata") return capability;
    const count = stub.habits.ignoresCount ? 1e6 : Number(address.searchParams.get("_count") ?? 10);
    const from = Number(address.searchParams.get("page") ?? 0);
    const since = (address.searchParams.get("_lastUpdated") ?? "ge1970").slice(2);
    const matches = [...stored.values()].filter(
      (one) => one.resourceType === type && one.meta.lastUpdated >= since,
    );
    if (!stub.habits.isUnsorted) matches.sort((a, b) => (a.meta.lastUpdated < b.meta.lastUpdated ? -1 : 1));
    address.searchParams.set("page", String(from + count));
    const next = `${stub.url}${address.pathname.replace(/^\/r4/, "")}${address.search}`;
    const page = matches.slice(from, from + count);
    const hasNext = from + count < matches.length;
    return {
      resourceType: "Bundle",
      type: "searchset",
      link: hasNext ? [{ relation: "next", url: stub.habits.next?.(next) ?? next }] : [],
      entry: page.map((resource) => ({ resource, search: { mode: "match" } })),
    };
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const stub: FhirStub = {
    url: `http://127.0.0.1:${port}/r4`,
    io: anIo(),
    asked,
    shown,
    put: (...more) => {
      for (const one of more) stored.set(`${one.resourceType}/${one.id}`, one);
    },
    habits,
  };
  return stub;
}

const capability = {
  resourceType: "CapabilityStatement",
  fhirVersion: "4.0.1",
  software: { name: "Stub", version: "1.2" },
  rest: [
    {
      mode: "server",
      resource: ["Patient", "ServiceRequest", "ImagingStudy", "DiagnosticReport", "AuditEvent"].map(
        (type) => ({
          type,
        }),
      ),
    },
  ],
};

/** A resource as the server keeps it: with an id, a version and when it was written, so many seconds after 11:00. */
export function kept(resource: { readonly resourceType: string }, n: number, version = "1"): Stored {
  const lastUpdated = new Date(Date.UTC(2026, 2, 10, 11, 0, n)).toISOString();
  return { ...resource, id: String(n), meta: Object.assign({ lastUpdated }, { versionId: version }) };
}
