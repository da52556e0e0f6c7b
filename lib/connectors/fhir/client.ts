import { AppError } from "@/lib/core/errors";
import { isNestedWithin } from "@/lib/core/formats/fhir/nesting";
import type { PollIo } from "../connector";
import { openServer, type ServerAnswer } from "../http/client";
import { notJson, notUnderstood, serverTroubleOf } from "../http/trouble";
import { accessToken, forgetToken } from "./access-token";
import type { FhirConfig } from "./config";

export type FhirServer = {
  /** Reads a path of the server's origin, query included. @throws AppError as `openServer` does, and for what is no JSON */
  get(call: {
    readonly name: string;
    readonly path: string;
  }): Promise<ServerAnswer & { readonly json: unknown }>;
};

/** Reads from one FHIR server, with whatever its settings name: nothing, a password, a token, or client credentials. */
export function openFhir(config: FhirConfig, io: PollIo): FhirServer {
  const { origin } = new URL(config.url);
  const read = async (call: { readonly name: string; readonly path: string }) => {
    const token = config.tokenUrl === "" ? io.secret("token") : await accessToken(config, io);
    const secret = (name: string) => (name === "token" ? token : io.secret(name));
    const server = openServer({ ...config, url: origin }, { ...io, secret });
    return server.get({ ...call, accept: "application/fhir+json, application/json;q=0.9" });
  };
  return {
    get: async (call) => {
      const answer = await read(call).catch((error: unknown) => {
        // A token may be taken back before its time: once it is asked for anew.
        if (config.tokenUrl === "" || serverTroubleOf(error) !== "wrong_password") throw error;
        if (!forgetToken(config, io)) throw error;
        return read(call);
      });
      return { ...answer, json: parseJson(answer.body, call) };
    },
  };
}

/** The path of something below the base address. */
export function pathBelow(config: FhirConfig, rest: string): string {
  return `${new URL(config.url).pathname.replace(/\/+$/, "")}${rest}`;
}

/** The path of a link that the server gave. @throws AppError source_protocol for one that leads to another server */
export function pathOfLink(config: FhirConfig, link: string): string {
  const address = URL.canParse(link, `${config.url}/`) ? new URL(link, `${config.url}/`) : undefined;
  if (address?.origin === new URL(config.url).origin) return `${address.pathname}${address.search}`;
  throw new AppError("source_protocol", "The server's link to the next page leads to another server.", {
    info: { kind: "redirect", call: "next" },
  });
}

const MAX_DEPTH = 100;

function parseJson(text: string | undefined, call: { readonly name: string }): unknown {
  if (text === undefined) throw notUnderstood(call);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notJson(call);
  }
  if (!isNestedWithin(json, MAX_DEPTH)) throw notUnderstood(call);
  return json;
}
