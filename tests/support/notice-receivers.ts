import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type ReceivedMail = { readonly to: string; readonly raw: string };
export type ReceivedPost = {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
};

/** A mail server on this machine that keeps what it takes; addresses that begin with "no" are refused for good. */
export async function startMailServer() {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _, done) => {
      if (!address.startsWith("no")) return done();
      done(Object.assign(new Error("No such mailbox"), { responseCode: 550 }));
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mails.push({ to: envelope.rcptTo[0]?.address ?? "", raw: Buffer.concat(parts).toString("utf8") });
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  return { mails, port: portOf(server.server.address()), stop };
}

/** A receiver of posts on this machine; what it answers can be set. */
export async function startReceiver() {
  const posts: ReceivedPost[] = [];
  const answer = { status: 202 };
  const server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      posts.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(answer.status, { Location: "/elsewhere" }).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.close();
    await once(server, "close");
  };
  return { posts, answer, url: `http://127.0.0.1:${portOf(server.address())}`, stop };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("It does not listen.");
  return address.port;
}
