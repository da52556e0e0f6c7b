import { afterAll, beforeAll } from "vitest";
import { guarded, type Handler } from "@/lib/api/handler";
import { type OpenServer, openServer } from "@/lib/worker/http-server";

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The worker's own HTTP server on a free port for one test file, answering with the given handler. */
export function withPort(handler: () => Handler): {
  readonly url: (path: string) => string;
  readonly port: () => number;
} {
  let server: OpenServer | undefined;
  beforeAll(async () => {
    const answer = handler();
    server = await openServer({ host: "127.0.0.1", port: 0, handler: guarded(answer) });
  });
  afterAll(() => server?.close());
  const port = () => server?.port ?? 0;
  return { port, url: (path) => `http://127.0.0.1:${port()}${path}` };
}

/** Pushes a body and reads the JSON of the answer. */
export async function push(ask: {
  readonly url: string;
  readonly token?: string;
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>;
  readonly type?: string;
}): Promise<Answer> {
  const init: RequestInit & { readonly duplex: "half" } = {
    method: "POST",
    headers: {
      "Content-Type": ask.type ?? "application/json",
      ...(ask.token === undefined ? {} : { Authorization: `Bearer ${ask.token}` }),
    },
    body: ask.body instanceof Uint8Array ? new Uint8Array(ask.body) : ask.body,
    duplex: "half",
  };
  const response = await fetch(ask.url, init);
  return { status: response.status, headers: response.headers, body: Object(await response.json()) };
}
