import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import NextAuth from "next-auth";
import { decode } from "next-auth/jwt";
import { authOptions, authSecret, sessionCookieName } from "@/lib/auth/options";
import { type LiveSession, readSession } from "@/lib/auth/session";

/** The sign-in endpoints of the product by themselves, on the given port of this machine, with settings of their own. */
export async function startSignInServer(
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly stop: () => Promise<void> }> {
  Object.assign(process.env, settings, { SIGNALBOX_PUBLIC_URL: `http://127.0.0.1:${port}` });
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** next-auth as Next calls it, over a plain server: the request with its query, cookies and body taken apart. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, , , ...nextauth] = url.pathname.split("/");
  if (!url.pathname.startsWith("/api/auth/")) return void response.end("a page of the product");
  const cookies = cookiesOf(request.headers.cookie ?? "");
  const visitor = {
    address: request.socket.remoteAddress,
    userAgent: "test",
    before: () => sessionOf(cookies[sessionCookieName()]),
    cookie: (name: string) => cookies[name],
  };
  const handle: (request: object, response: object) => Promise<unknown> = NextAuth(authOptions(visitor));
  const body = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
  const query = { ...Object.fromEntries(url.searchParams), nextauth };
  await handle(
    { query, cookies, body, headers: request.headers, method: request.method },
    Object.assign(response, {
      status: (code: number) => {
        response.statusCode = code;
        return response;
      },
      json: (value: unknown) => response.end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === "string" ? value : JSON.stringify(value)),
    }),
  );
}

/** The live session of a session cookie. */
export async function sessionOf(cookie: string | undefined): Promise<LiveSession | undefined> {
  if (cookie === undefined) return undefined;
  const token = await decode({ token: cookie, secret: authSecret() });
  const sid = token?.["sid"];
  return typeof sid === "string" ? readSession(sid, new Date()) : undefined;
}

function cookiesOf(header: string): Readonly<Record<string, string>> {
  const pairs = header.split("; ").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
