import { AppError } from "@/lib/core/errors";
import type { PollIo } from "../connector";
import { agentFor } from "./agent";
import { readHttp } from "./request";
import type { ClientSettings } from "./settings";
import { judgeAnswer, notJson, serverTroubleOf, unreachable } from "./trouble";

/** What a server answered. `body` is undefined for 204: there is no such thing. Instants are ours, in epoch ms. */
export type ServerAnswer = {
  readonly body: string | undefined;
  readonly contentType: string;
  /** The server's own time, where it says one. */
  readonly date?: string | undefined;
  readonly askedAtMs: number;
  readonly tookMs: number;
};

export type ServerCall = {
  /** Names the call in errors and logs: static, unlike the path. */
  readonly name: string;
  /** Path and query below the server's address. */
  readonly path: string;
  readonly accept: string;
};

export type ServerClient = {
  /**
   * @throws AppError source_unreachable, source_refused or source_protocol; `info.kind` names the cause, `info.call` the
   * call. What the server said is not repeated.
   */
  get(call: ServerCall, options?: { readonly maxBytes?: number }): Promise<ServerAnswer>;
};

/** The JSON of an answer; undefined for 204. @throws AppError source_protocol, `info.kind` not_json, and as `get` does */
export async function getJson(
  server: ServerClient,
  call: Omit<ServerCall, "accept">,
): Promise<ServerAnswer & { readonly json: unknown }> {
  const answer = await server.get({ ...call, accept: "application/json" });
  return { ...answer, json: answer.body === undefined ? undefined : parseJson(answer.body, call) };
}

/** What `read` gives; undefined where the server has no such thing or does not let this account see it. */
export async function optional<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    const kind = serverTroubleOf(error);
    if (kind !== "not_found" && kind !== "forbidden" && kind !== "bad_request") throw error;
    return undefined;
  }
}

/** Reads from one server, with Basic authentication where a user name is set, or with a bearer token where one is kept. */
export function openServer(
  config: ClientSettings,
  io: Pick<PollIo, "signal" | "now" | "secret">,
): ServerClient {
  const headers = { "User-Agent": "Signalbox", ...authorization(config, io) };
  return {
    get: async (call, { maxBytes = MAX_ANSWER_BYTES } = {}) => {
      io.signal.throwIfAborted();
      const askedAtMs = io.now().getTime();
      const startedAt = performance.now();
      try {
        const answer = await readHttp({
          url: `${config.url}${call.path}`,
          headers: { ...headers, Accept: call.accept },
          agent: agentFor(config),
          signal: AbortSignal.any([io.signal, AbortSignal.timeout(config.timeoutSeconds * 1000)]),
          maxBytes,
        });
        const body = judgeAnswer(answer, call);
        const { contentType, date } = answer;
        return { body, contentType, date, askedAtMs, tookMs: Math.round(performance.now() - startedAt) };
      } catch (error) {
        io.signal.throwIfAborted();
        throw error instanceof AppError ? error : unreachable(error, call);
      }
    },
  };
}

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

function parseJson(text: string, call: Pick<ServerCall, "name">): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(call);
  }
}

function authorization(
  config: ClientSettings,
  io: Pick<PollIo, "secret">,
): { readonly Authorization?: string } {
  const token = io.secret("token");
  if (token !== undefined && token !== "") return { Authorization: `Bearer ${token}` };
  if (config.username === undefined) return {};
  const credentials = Buffer.from(`${config.username}:${io.secret("password") ?? ""}`).toString("base64");
  return { Authorization: `Basic ${credentials}` };
}
