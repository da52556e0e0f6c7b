import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import { freePort } from "@/tests/support/free-port";

type Claims = Readonly<Record<string, unknown>>;
/** What is wrong with the next token: claims over the right ones, or a key that the provider never published. */
export type Crook = { readonly claims?: Claims; readonly isForeignKey?: boolean };

/**
 * A provider that speaks OpenID Connect by the letter but signs whatever it is told to: for what a real one never sends.
 */
export async function startCrookedProvider(): Promise<{
  readonly issuer: string;
  readonly next: (crook: Crook) => void;
  readonly stop: () => Promise<void>;
}> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const nonces = new Map<string, { readonly nonce: string; readonly challenge: string }>();
  let crook: Crook = {};
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(discoveryOf(issuer));
      case "/jwks":
        return json({
          keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "own", alg: "RS256", use: "sig" }],
        });
      case "/authorize": {
        const code = randomUUID();
        const asked = url.searchParams;
        nonces.set(code, { nonce: asked.get("nonce") ?? "", challenge: asked.get("code_challenge") ?? "" });
        const back = new URL(asked.get("redirect_uri") ?? issuer);
        back.searchParams.set("code", code);
        back.searchParams.set("state", asked.get("state") ?? "");
        return response.writeHead(302, { location: back.href }).end();
      }
      default: {
        let body = "";
        for await (const chunk of request) body += String(chunk);
        const form = new URLSearchParams(body);
        const asked = nonces.get(form.get("code") ?? "");
        const verifier = createHash("sha256")
          .update(form.get("code_verifier") ?? "")
          .digest("base64url");
        if (asked?.challenge !== verifier) return json({ error: "invalid_grant" }, 400);
        const key = crook.isForeignKey ? foreign.privateKey : own.privateKey;
        const claims = { ...rightClaims(issuer, asked.nonce), ...crook.claims };
        return json({ access_token: "unused", token_type: "Bearer", id_token: signed(claims, key) });
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(Number(new URL(issuer).port), "127.0.0.1", resolve));
  return {
    issuer,
    next: (wanted) => {
      crook = wanted;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function rightClaims(issuer: string, nonce: string): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: "signalbox",
    sub: "somebody",
    email: "somebody@example.org",
    groups: ["staff"],
    iat: now,
    exp: now + 300,
    nonce,
  };
}

function signed(claims: Claims, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "own", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}

function discoveryOf(issuer: string): Claims {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}
