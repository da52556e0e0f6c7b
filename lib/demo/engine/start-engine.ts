import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listenOnLoopback } from "../loopback";
import { createAccess, type EngineUser } from "./access";
import { type EngineControls, engineControls } from "./controls";
import { createEngineState, type EngineSettings } from "./engine-state";
import { element, leaf } from "./node";
import { type HttpReply, type Reply, renderReply } from "./reply";
import { reprocess, reprocessPath } from "./reprocess";
import { answerGet } from "./routes";
import { sampleChannels } from "./sample-channels";

export type EngineOptions = Pick<EngineSettings, "seed" | "now"> &
  Partial<Omit<EngineSettings, "seed" | "now">> & {
    /** 0 takes any free port. */
    readonly port: number;
  };

export type Engine = EngineControls & {
  /** Base address without `/api`. */
  readonly url: string;
  readonly port: number;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Ends the server and every connection. */
  stop(): Promise<void>;
};

/** Who exists on the stub, in the order of their numbers. The first is meant for the poller. */
export const engineUsers: readonly EngineUser[] = [
  { id: 1, username: "admin", password: "admin-of-the-demo" },
  { id: 2, username: "revision", password: "revision-of-the-demo" },
  { id: 3, username: "lindqvist", password: "lindqvist-of-the-demo" },
  { id: 4, username: "okafor", password: "okafor-of-the-demo" },
  { id: 5, username: "replay", password: "replay-of-the-demo" },
];

/**
 * Starts a stub of a Mirth-family engine on 127.0.0.1. It speaks the wire format of version 4.5.2 under `/api` and
 * makes its own traffic from seed and clock; the returned functions let a test make things happen.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const state = createEngineState({
    version: "4.5.2",
    channels: sampleChannels,
    messages: 0,
    historyMs: 6 * 3_600_000,
    perMinute: 0,
    rhythm: () => 1,
    ...options,
  });
  const access = createAccess(engineUsers, state.events);
  const controls = engineControls({ state, access });
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://engine.invalid");
    controls.noteRequest({ method: request.method ?? "GET", path: `${url.pathname}${url.search}` });
    const form = request.method === "POST" ? await readForm(request) : new URLSearchParams();
    await controls.wait();
    const reply = controls.failure() ?? answer({ request, url, form });
    send(response, renderReply(reply, { accept: request.headers.accept ?? "*/*", path: url.pathname }));
  };
  const answer = ({ request, url, form }: Received): Reply => {
    if (!url.pathname.startsWith("/api/")) return { kind: "html", status: 404, reason: "Not Found" };
    if (request.headers["x-requested-with"] === undefined) return missingHeader;
    const path = url.pathname.slice(4).replace(new RegExp(`^/${state.version.replaceAll(".", "\\.")}`), "");
    if (path === "/users/_login" && request.method === "POST") return login({ request, form });
    const caller = access.identify(request.headers);
    if (path === "/server/version" && caller === undefined) return { kind: "text", text: state.version };
    if (caller === undefined) return { ...unauthorised, cookie: access.newSessionCookie() };
    if (path === "/users/_logout") {
      access.logout(request.headers);
      return { kind: "nothing" };
    }
    const call = { state, access, caller, nowMs: state.settle(), query: url.searchParams };
    const again = request.method === "POST" ? reprocessPath.exec(path) : null;
    if (again !== null) return reprocess({ ...call, path: again.groups ?? {} });
    if (request.method !== "GET") return { kind: "html", status: 405, reason: "Method Not Allowed" };
    return answerGet(path, call);
  };
  const login = ({ request, form }: Omit<Received, "url">): Reply => {
    const { cookie, isSignedIn } = access.login({
      username: form.get("username") ?? "",
      password: form.get("password") ?? "",
      headers: request.headers,
      atMs: options.now().getTime(),
    });
    return { kind: "node", node: loginStatus(isSignedIn), status: isSignedIn ? 200 : 401, cookie };
  };

  const port = await listenOnLoopback(server, options.port);
  const [first] = engineUsers;
  return {
    ...controls,
    url: `http://127.0.0.1:${port}`,
    port,
    credentials: { username: first?.username ?? "", password: first?.password ?? "" },
    stop: () => closeServer(server),
  };
}

type Received = { readonly request: IncomingMessage; readonly url: URL; readonly form: URLSearchParams };

const missingHeader: Reply = {
  kind: "html",
  status: 400,
  reason: "All requests must have 'X-Requested-With' header",
};
const unauthorised = { kind: "html", status: 401, reason: "Unauthorized" } as const;

function loginStatus(isSignedIn: boolean) {
  return element("com.mirth.connect.model.LoginStatus", [
    leaf("status", isSignedIn ? "SUCCESS" : "FAIL"),
    leaf("message", isSignedIn ? "" : "Incorrect username or password."),
  ]);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

function send(response: ServerResponse, reply: HttpReply): void {
  response.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

/** Ends an HTTP server and every connection. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
