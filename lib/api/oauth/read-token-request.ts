import { tokenRequestSchema } from "@/lib/core/api-client/schema";

/** A token request that can be judged, or the error of RFC 6749, 5.2 that it ends with. */
export type TokenRequest =
  | {
      readonly kind: "ask";
      readonly clientId: string;
      readonly secret: string;
      readonly scope: string | undefined;
    }
  | {
      readonly kind: "refused";
      readonly error: "invalid_request" | "invalid_client" | "unsupported_grant_type";
    };

/**
 * Reads the form of a token request and the client's credentials, from the Authorization header (client_secret_basic) or
 * from the form (client_secret_post), never both and never the address (RFC 6749, 2.3.1 and 3.2).
 */
export function readTokenRequest(form: string, headers: Headers): TokenRequest {
  const given = [...new URLSearchParams(form)];
  const isRepeated = new Set(given.map(([name]) => name)).size < given.length;
  const parsed = tokenRequestSchema.safeParse(Object.fromEntries(given));
  if (isRepeated || !parsed.success) return { kind: "refused", error: "invalid_request" };
  const { grant_type, scope, client_id: id, client_secret: secret } = parsed.data;
  const authorization = headers.get("authorization");
  if (authorization !== null && secret !== undefined) return { kind: "refused", error: "invalid_request" };
  const posted = id !== undefined && secret !== undefined ? { clientId: id, secret } : undefined;
  const credentials = authorization === null ? posted : basicCredentials(authorization);
  if (credentials === undefined || (id !== undefined && id !== credentials.clientId)) {
    return { kind: "refused", error: "invalid_client" };
  }
  if (grant_type !== "client_credentials") return { kind: "refused", error: "unsupported_grant_type" };
  return { kind: "ask", ...credentials, scope };
}

/** Both halves are form-encoded before they are put together. */
function basicCredentials(
  header: string,
): { readonly clientId: string; readonly secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header)?.[1];
  const [, id, secret] = /^([^:]+):(.+)$/s.exec(Buffer.from(encoded ?? "", "base64").toString("utf8")) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { clientId: formDecoded(id), secret: formDecoded(secret) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}
