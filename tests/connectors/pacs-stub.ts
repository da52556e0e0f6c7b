import { createServer, type Server } from "node:http";
import { afterAll } from "vitest";
import type { PollIo } from "@/lib/connectors/connector";

/** Answers by path, as an archive would give them: JSON of a value, or a text as it is. Others are 404. */
export type Answers = Readonly<Record<string, unknown>>;

export type PacsStub = {
  readonly url: string;
  readonly io: PollIo;
  /** Paths with their queries, in the order they were asked. */
  readonly asked: readonly string[];
  /** What is answered from now on. */
  readonly setAnswers: (answers: Answers | ((path: string, query: URLSearchParams) => unknown)) => void;
};

/** Starts an HTTP server that ends with the test file. It wants the account reader / secret, as `io` gives it. */
export async function startPacsStub(
  answers: Answers | ((path: string, query: URLSearchParams) => unknown),
): Promise<PacsStub> {
  let current = answers;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://stub");
    asked.push(request.url ?? "");
    if (request.headers.authorization !== `Basic ${btoa("reader:secret")}`) {
      response.writeHead(401).end();
      return;
    }
    const withQuery = `${address.pathname}${address.search}`;
    const answer =
      typeof current === "function"
        ? current(address.pathname, address.searchParams)
        : (current[withQuery] ?? current[address.pathname]);
    if (answer === undefined) response.writeHead(404).end();
    else if (answer === null) response.writeHead(204).end();
    else if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => stop(server));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    io: anIo(),
    setAnswers: (next) => {
      current = next;
    },
  };
}

/** The world of a connector at 2026-03-10 12:00 UTC, with the password of the stub. */
export function anIo(changed: Partial<PollIo> = {}): PollIo {
  return {
    signal: new AbortController().signal,
    fetch,
    now: () => new Date("2026-03-10T12:00:00.000Z"),
    log: () => undefined,
    secret: (name) => (name === "password" ? "secret" : undefined),
    columnMapping: {},
    retainFrom: new Date("2026-02-03T00:00:00Z"),
    ...changed,
  };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
