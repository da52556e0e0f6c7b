import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import type { PollIo } from "../connector";
import { sendHttp } from "../http/send";
import { notUnderstood } from "../http/trouble";
import type { FhirConfig } from "./config";
import { tokenSchema } from "./wire";

type Kept = { readonly token: string; readonly untilMs: number };

/** Tokens in force, by whoever asked: all streams of a source share one. */
const kept = new Map<string, Kept>();

/** An access token by client credentials (RFC 6749, 4.4), asked for when there is none in force. @throws AppError source_* */
export async function accessToken(config: FhirConfig, io: PollIo): Promise<string> {
  const key = keyOf(config, io);
  const known = kept.get(key);
  if (known !== undefined && io.now().getTime() < known.untilMs) return known.token;
  const { token, livesS } = await askForToken(config, io);
  const untilMs = io.now().getTime() + Math.max(0, livesS - SPARE_S) * 1_000;
  kept.set(key, { token, untilMs });
  return token;
}

/** Whether there was a token to forget. */
export function forgetToken(config: FhirConfig, io: PollIo): boolean {
  return kept.delete(keyOf(config, io));
}

/** Seconds before its end at which a token is no longer used. */
const SPARE_S = 30;
/** RFC 6749, 5.1: where it is not said, a token is taken to be short-lived. */
const UNSAID_S = 60;

const call = { name: "token" };

async function askForToken(config: FhirConfig, io: PollIo) {
  const credentials = [config.clientId, io.secret("clientSecret") ?? ""].map(encodeURIComponent).join(":");
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (config.scope !== "") form.set("scope", config.scope);
  const result = await sendHttp({
    message: {
      url: config.tokenUrl,
      method: "POST",
      headers: {
        Accept: "application/json",
        Authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: form.toString(),
      ...(config.ca !== undefined && { tls: { ca: config.ca } }),
      timeoutMs: config.timeoutSeconds * 1_000,
    },
    signal: io.signal,
  });
  io.signal.throwIfAborted();
  if (result.kind !== "answered") {
    throw new AppError("source_unreachable", "No access token can be had: the server cannot be reached.", {
      info: { kind: "token", call: call.name },
    });
  }
  if (result.status !== 200) {
    throw new AppError("source_refused", "No access token can be had: the server refuses this client.", {
      info: { kind: "token", call: call.name, status: result.status },
    });
  }
  const parsed = tokenSchema.safeParse(jsonOf(result.body));
  if (!parsed.success) throw notUnderstood(call);
  return { token: parsed.data.access_token, livesS: parsed.data.expires_in ?? UNSAID_S };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyOf({ tokenUrl, clientId, scope }: FhirConfig, io: PollIo): string {
  const parts = [tokenUrl, clientId, scope, io.secret("clientSecret") ?? ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
