import { type Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { AppError } from "@/lib/core/errors";

export type HttpAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** As the server wrote them. */
  readonly date?: string | undefined;
  readonly retryAfter?: string | undefined;
};

/** Reads an address with GET, bounded in time (by the signal) and size. Redirects are not followed: a password is sent. */
export function readHttp(ask: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}): Promise<HttpAnswer> {
  const { url, headers, agent, signal, maxBytes } = ask;
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: "GET", headers, agent, signal }, (response) => {
      collect(response, maxBytes).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body,
            date: response.headers.date,
            retryAfter: response.headers["retry-after"],
          }),
        (error) => {
          request.destroy();
          reject(error);
        },
      );
    });
    request.on("error", reject);
    request.end();
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBytes) {
      throw new AppError("source_protocol", "The answer is larger than is read.", {
        info: { kind: "too_large", maxBytes },
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
