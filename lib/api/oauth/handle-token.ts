import type { Handler } from "@/lib/api/handler";
import { issueAccess } from "@/lib/auth/client-credentials";
import { rateGate } from "../rate-gate";
import { bodyReader } from "../read-body";
import { readTokenRequest, type TokenRequest } from "./read-token-request";

/** By client id: a program needs one token every quarter of an hour. */
const limit = { name: "oauth-token", points: 60, windowS: 60 } as const;

const pass = rateGate(limit);
const withBody = bodyReader({ maxBodyBytes: 8 * 1024, maxInFlightBytes: 1024 ** 2, maxBodyMs: 10_000 });

/**
 * POST /oauth/token: an access token for the credentials of an API client (RFC 6749, 4.4). Errors are those of RFC 6749,
 * 5.2; too many requests and a database that is away are told as everywhere, by 429 and 503.
 */
export const handleToken: Handler = async (request) => {
  const [type = ""] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== "application/x-www-form-urlencoded") return refusal("invalid_request");
  const ask = await withBody(request, async (body) =>
    readTokenRequest(body.toString("utf8"), request.headers),
  );
  if (ask.kind === "refused") return refusal(ask.error);
  const { headers } = await pass(keyOf(ask));
  const access = await issueAccess({ ...ask, now: new Date() });
  if (access.kind === "refused") return refusal(access.error);
  const { token, expiresInS, scope } = access;
  const body = { access_token: token, token_type: "Bearer", expires_in: expiresInS, scope };
  return Response.json(body, { headers: { ...headers, ...neverKept } });
};

const neverKept = { "Cache-Control": "no-store", Pragma: "no-cache" } as const;

const sentences = {
  invalid_request: "Send grant_type=client_credentials as a form, each parameter once, credentials one way.",
  invalid_client: "The client is not known, its secret is wrong, or it is no longer in force.",
  unsupported_grant_type: "Only client_credentials is offered.",
  invalid_scope: "The client does not have this scope.",
} as const;

function refusal(error: keyof typeof sentences): Response {
  const isClient = error === "invalid_client";
  return Response.json(
    { error, error_description: sentences[error] },
    {
      status: isClient ? 401 : 400,
      headers: { ...neverKept, ...(isClient ? { "WWW-Authenticate": 'Basic realm="signalbox"' } : {}) },
    },
  );
}

/** Whoever makes up ids shares one counter: a counter for each would fill the table. */
function keyOf({ clientId }: Extract<TokenRequest, { kind: "ask" }>): string {
  return /^[0-9a-f-]{36}$/.test(clientId) ? clientId : "unknown";
}
