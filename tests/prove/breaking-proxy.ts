import http from "node:http";
import type net from "node:net";
import { type Random, wholeBelow } from "@/tests/support/random";

/** What a gateway may do to a call. The last three leave whoever called without knowing. */
export const breakages = [
  "none",
  "502 before",
  "reset before",
  "502 after",
  "reset after",
  "cut after",
] as const;
export type Breakage = (typeof breakages)[number];

export type BreakingProxy = {
  readonly url: string;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
};

/** Stands between the product and an engine: passes every GET on, and breaks about half of the calls that send. */
export async function startBreakingProxy(target: string, random: Random): Promise<BreakingProxy> {
  const counts: Record<string, number> = {};
  const draw = (): Breakage =>
    random() < 0.5 ? "none" : (breakages[wholeBelow(random, breakages.length)] ?? "none");
  const server = http.createServer((request, response) => {
    const breakage = request.method === "POST" ? draw() : "none";
    if (request.method === "POST") counts[breakage] = (counts[breakage] ?? 0) + 1;
    if (breakage === "502 before") return void response.writeHead(502).end("Bad Gateway");
    if (breakage === "reset before") return void request.socket.destroy();
    const { method = "GET", url = "/", headers } = request;
    const onward = http.request(new URL(url, target), { method, headers, agent: false }, (answer) => {
      finish({ breakage, request, response, answer });
    });
    onward.on("error", () => request.socket.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => counts,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function finish(call: {
  readonly breakage: Breakage;
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly answer: http.IncomingMessage;
}): void {
  const { breakage, request, response, answer } = call;
  if (breakage === "none") {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    return;
  }
  answer.resume();
  if (breakage === "502 after") response.writeHead(502).end("Bad Gateway");
  else if (breakage === "reset after") request.socket.destroy();
  else {
    // Promises more than comes.
    response.writeHead(200, { "Content-Length": "100" });
    response.write("<");
    setImmediate(() => request.socket.destroy());
  }
}
