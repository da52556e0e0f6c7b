import { AppError } from "@/lib/core/errors";
import type { PollIo } from "../connector";
import { readFingerprint } from "./certificate";
import type { HttpAnswer } from "./request";
import type { ClientSettings } from "./settings";
import { type SocketTrouble, troubleOfSocket } from "./socket-trouble";

/** Why a server could not be read; `info.kind` of the client's errors. */
export type ServerTrouble =
  | SocketTrouble
  | "wrong_password"
  | "forbidden"
  | "bad_request"
  | "not_found"
  | "html"
  | "gateway"
  | "too_large"
  | "server_error"
  | "redirect"
  | "throttled"
  | "not_json"
  | "not_understood";

/** The body of a good answer; undefined for 204. The status decides; the body of an error is not looked into. */
export function judgeAnswer(
  { status, contentType, body, retryAfter }: HttpAnswer,
  call: { readonly name: string },
): string | undefined {
  if (status === 204) return undefined;
  const isHtml = contentType.includes("html") || /^\s*<(?:!doctype html|html)/i.test(body);
  if ((status === 200 || status === 206) && !isHtml) return body;
  const kind = troubleOfStatus(status, isHtml);
  const wait = kind === "throttled" && /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) : undefined;
  throw new AppError(codeOf(kind), messages[codeOf(kind)], {
    info: { kind, call: call.name, status, ...(wait !== undefined && { retryAfterS: wait }) },
  });
}

/** The error for a call that got no answer at all. */
export function unreachable(cause: unknown, call: { readonly name: string }): AppError {
  const info = { kind: troubleOfSocket(cause), call: call.name };
  return new AppError("source_unreachable", messages.source_unreachable, { cause, info });
}

/** The error for an answer that is no JSON. What the parser says may repeat content, so it is not kept. */
export function notJson(call: { readonly name: string }): AppError {
  const info = { kind: "not_json" satisfies ServerTrouble, call: call.name };
  return new AppError("source_protocol", messages.source_protocol, { info });
}

/** The error for an answer whose parts are not those that are known. */
export function notUnderstood(call: { readonly name: string }): AppError {
  const info = { kind: "not_understood" satisfies ServerTrouble, call: call.name };
  return new AppError("source_protocol", messages.source_protocol, { info });
}

/** `info.kind` of an error of the client; undefined for any other error. */
export function serverTroubleOf(error: unknown): ServerTrouble | undefined {
  if (!(error instanceof AppError)) return undefined;
  return troubles.find((known) => known === error.info["kind"]);
}

const messages = {
  source_unreachable: "The server cannot be reached.",
  source_refused: "The server refuses this account.",
  source_protocol: "The server answers otherwise than it should.",
} as const;

function codeOf(kind: ServerTrouble): keyof typeof messages {
  if (kind === "wrong_password" || kind === "forbidden") return "source_refused";
  return kind === "gateway" || kind === "throttled" ? "source_unreachable" : "source_protocol";
}

function troubleOfStatus(status: number, isHtml: boolean): ServerTrouble {
  if (status === 401) return "wrong_password";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 413) return "too_large";
  if (status === 429) return "throttled";
  if (status >= 502 && status <= 504) return "gateway";
  if (status >= 500) return "server_error";
  if (status >= 300 && status < 400) return "redirect";
  return isHtml ? "html" : "bad_request";
}

/** How a diagnosis speaks of a server. */
export type ServerWords = {
  /** Such as "Orthanc". */
  readonly product: string;
  /** What the account must be allowed to do, as the end of a sentence that begins "It needs". */
  readonly rights: string;
  /** What to look for where the address has no such API. */
  readonly wrongPath: string;
};

/** Says in plain words why a server could not be read and what to do; looks at the certificate where that is the trouble. */
export async function diagnose(
  error: AppError,
  at: { readonly config: ClientSettings; readonly words: ServerWords; readonly signal: AbortSignal },
): Promise<string> {
  const { config, words } = at;
  const { hostname, port, protocol } = new URL(config.url);
  const place = `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  const kind = serverTroubleOf(error);
  if (kind === undefined) return `${words.product} at ${place} sent an answer that cannot be read.`;
  if (kind === "certificate" || kind === "fingerprint") {
    const limit = { timeoutMs: config.timeoutSeconds * 1000, signal: at.signal };
    const shown = await readFingerprint(config.url, limit);
    if (shown !== undefined) return `${texts[kind](place, words)} ${fingerprintText(shown)}`;
  }
  return texts[kind](place, words);
}

function fingerprintText(shown: string): string {
  return `What answers shows the SHA-256 fingerprint ${shown}. If the server's administrator confirms it, choose the certificate check “fingerprint” and enter it.`;
}

/** The report of a connection test that did not come through; our own time limit counts as the server's silence. */
export async function refusedProbe(
  error: unknown,
  at: { readonly config: ClientSettings; readonly words: ServerWords; readonly io: PollIo },
) {
  const { config, words, io } = at;
  const timedOut = new AppError("source_unreachable", "The test took too long.", {
    info: { kind: "timeout" },
  });
  const known = io.signal.aborted ? timedOut : error;
  if (!(known instanceof AppError)) throw error;
  const diagnosis = await diagnose(known, { config, words, signal: io.signal });
  return { ok: false as const, diagnosis, warnings: [] };
}

const texts: Readonly<Record<ServerTrouble, (place: string, words: ServerWords) => string>> = {
  dns: (place) =>
    `No machine has the name in ${place}. Check the spelling, and whether this server's DNS knows it.`,
  address: (place) =>
    `The name in ${place} leads to an address that no source has: of a cloud's metadata service, link-local, or this machine itself. For a server on this machine enter localhost.`,
  refused: (place, { product }) =>
    `Nothing listens at ${place}: ${product} is stopped, its port is another one, or a firewall refuses the connection.`,
  timeout: (place) =>
    `${place} did not answer in time: a firewall drops the connection, or the server is overloaded.`,
  reset: (place) =>
    `${place} closed the connection before answering. Something between here and the server may end it.`,
  no_route: (place) => `There is no route from this server to ${place}.`,
  certificate: (place) =>
    `The certificate at ${place} is not signed by an authority that is known here, or has expired.`,
  fingerprint: (place) => `The certificate at ${place} is not the one whose fingerprint is entered.`,
  not_http: (place) =>
    `${place} does not speak what the address says: https needs the port with TLS, and a DICOM port (often 104, 4242 or 11112) is not the web port.`,
  wrong_password: (_, { product }) => `${product} refuses this user name and password, or asks for them.`,
  forbidden: (_, { product, rights }) =>
    `${product} knows this account but does not let it read. It needs ${rights}.`,
  bad_request: (place) => `${place} refused the request as malformed, or does not know this kind of search.`,
  not_found: (place, { wrongPath }) => `${place} answers, but not below this path. ${wrongPath}`,
  html: (place) =>
    `${place} answers with a web page: another product, a viewer, or the sign-in page of a proxy in between.`,
  gateway: (place) => `A proxy answers at ${place}, but it cannot reach the server behind it.`,
  too_large: (place) => `${place} sends or refuses an answer that is too large. Ask for less at once.`,
  throttled: (place) => `${place} is asked more often than it allows. Ask it less often.`,
  server_error: (_, { product }) =>
    `${product} failed while answering. Its own log says why; its database or storage may be away.`,
  not_json: (place) =>
    `${place} answers with something that is no JSON: another product, or a proxy in between.`,
  not_understood: (place, { product }) =>
    `${place} answers, but not as ${product} does. ${product} may have changed, or something else answers there.`,
  redirect: (place) =>
    `${place} sends elsewhere. Enter the address that it leads to; redirects are not followed with a password.`,
};

const troubles = Object.keys(texts) as readonly ServerTrouble[];
