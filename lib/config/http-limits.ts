import type { IncomingHttpHeaders } from "node:http";

/**
 * Times of a listener of ours, for Node's own server: the head of a request within 10 s, the whole of it within 60 s, looked
 * at every 5 s. Who sends slower is answered 408 and cut off, so that slow requests cannot hold all connections.
 */
export const requestTimes: RequestTimes = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
};

/** Milliseconds, as Node's server names them. */
export type RequestTimes = {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
};

/** Most that a page, a form or a question may send. */
export const MAX_FORM_BYTES = 1024 ** 2;
/** Most that a batch may weigh; read piece by piece, so its length need not be announced. */
export const MAX_BATCH_BYTES = 16 * 1024 ** 2;

const BATCH_PATH = "/api/v1/ingest";
/** Where a conformance statement is sent; its length is announced. */
const STATEMENT_PATH = /^\/estate\/[0-9a-f-]{36}\/statements$/;

/**
 * The status with which a request is refused for its size before anything of its body is read: 413 where it announces too
 * much, 411 where it announces nothing and is no batch (RFC 9110, 15.5.12 and 15.5.14). Undefined for every other.
 */
export function sizeRefusal(request: {
  readonly path: string;
  readonly headers: Pick<IncomingHttpHeaders, "content-length" | "transfer-encoding">;
}): 411 | 413 | undefined {
  const isBatch = request.path === BATCH_PATH;
  const length = request.headers["content-length"];
  if (length !== undefined) {
    const isLarge = isBatch || STATEMENT_PATH.test(request.path);
    return Number(length) > (isLarge ? MAX_BATCH_BYTES : MAX_FORM_BYTES) ? 413 : undefined;
  }
  return request.headers["transfer-encoding"] !== undefined && !isBatch ? 411 : undefined;
}
