import { AppError } from "@/lib/core/errors";
import type { PollIo } from "../connector";
import { agentFor } from "../http/agent";
import { type HttpAnswer, readHttp } from "../http/request";
import type { EngineCall } from "./calls";
import { judgeAnswer, unreachable } from "./client-errors";
import type { MirthConfig } from "./config";
import { pause, takeTurn } from "./pace";

/** What an engine answered. `body` is undefined for 204: there is no such thing. Instants are ours, in epoch ms. */
export type EngineAnswer = {
  readonly body: string | undefined;
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  readonly tookMs: number;
};

export type EngineClient = {
  /**
   * @throws AppError source_unreachable, source_refused or source_protocol; `info.kind` names the cause, `info.call` the
   * call. What the engine said is not repeated.
   */
  get(call: EngineCall, options?: { readonly maxBytes?: number }): Promise<EngineAnswer>;
};

/**
 * Reads from one engine with Basic authentication, which needs no session, survives a restart and leaves no login events.
 * A call that took long is followed by a pause.
 */
export function openEngine(config: MirthConfig, io: Pick<PollIo, "signal" | "now" | "secret">): EngineClient {
  const credentials = Buffer.from(`${config.username}:${io.secret("password") ?? ""}`).toString("base64");
  const read = (call: EngineCall, maxBytes: number): Promise<HttpAnswer> =>
    within({ ms: config.timeoutSeconds * 1000, signal: io.signal }, (signal) =>
      readHttp({
        url: `${config.url}${call.path}`,
        headers: {
          Authorization: `Basic ${credentials}`,
          Accept: call.accept,
          "X-Requested-With": "Signalbox",
          "User-Agent": "Signalbox",
        },
        agent: agentFor(config),
        signal,
        maxBytes,
      }),
    );
  return {
    get: async (call, { maxBytes = MAX_ANSWER_BYTES } = {}) => {
      const done = await takeTurn(config.url, io.signal);
      const askedAtMs = io.now().getTime();
      const startedAt = performance.now();
      try {
        const answer = await readTwice(() => read(call, maxBytes), io.signal);
        const body = judgeAnswer(answer, call);
        const tookMs = performance.now() - startedAt;
        return { body, askedAtMs, answeredAtMs: io.now().getTime(), tookMs };
      } catch (error) {
        io.signal.throwIfAborted();
        throw error instanceof AppError ? error : unreachable(error, call);
      } finally {
        done(performance.now() - startedAt);
      }
    },
  };
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** A kept connection may have been closed by the engine just now, and a starting engine says 401 to anyone: once more. */
async function readTwice(read: () => Promise<HttpAnswer>, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    const answer = await read();
    if (answer.status !== 401) return answer;
  } catch (error) {
    const isReset = error instanceof Error && "code" in error && error.code === "ECONNRESET";
    if (!isReset || signal.aborted) throw error;
  }
  await pause(RETRY_AFTER_MS, signal);
  return read();
}

const RETRY_AFTER_MS = 250;

/** Runs work under a signal that aborts with the caller's, or when the time is over. Leaves no listener behind. */
async function within<T>(
  limit: { readonly ms: number; readonly signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const abort = () => over.abort();
  const timer = setTimeout(abort, limit.ms);
  limit.signal.addEventListener("abort", abort, { once: true });
  try {
    limit.signal.throwIfAborted();
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    limit.signal.removeEventListener("abort", abort);
  }
}
