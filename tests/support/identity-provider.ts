import { createServer } from "node:http";
import Provider, { type Configuration, errors } from "oidc-provider";
import { freePort } from "@/tests/support/free-port";

/** Who signs in at the provider next, and how they prove themselves there. */
export type ProviderPerson = {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly amr?: readonly string[];
  readonly acr?: string;
  /** Whether the provider says that their groups are to be asked for elsewhere. */
  readonly hasGroupsElsewhere?: boolean;
};

export type IdentityProvider = {
  readonly issuer: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Who is at the keyboard there from now on; undefined = they call it off. */
  readonly seat: (person: ProviderPerson | undefined) => void;
  readonly stop: () => Promise<void>;
};

/**
 * A real OpenID Connect provider on this machine (oidc-provider). Its sign-in page is answered by itself, for whoever is
 * seated; everything else, from discovery to keys and PKCE, is its own.
 */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  let seated: ProviderPerson | undefined;
  const provider = new Provider(issuer, configurationFor({ issuer, redirectUri, seated: () => seated }));
  const callback = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void callback(request, response);
    const result =
      seated === undefined
        ? { error: "access_denied", error_description: "called off" }
        : {
            login: {
              accountId: seated.sub,
              remember: false,
              ...(seated.acr === undefined ? {} : { acr: seated.acr }),
              ...(seated.amr === undefined ? {} : { amr: [...seated.amr] }),
            },
          };
    provider.interactionFinished(request, response, result).catch((error: unknown) => {
      response.writeHead(error instanceof errors.OIDCProviderError ? error.statusCode : 500).end();
    });
  });
  const { port } = new URL(issuer);
  await new Promise<void>((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
  return {
    issuer,
    settings: {
      SIGNALBOX_OIDC_ISSUER: issuer,
      SIGNALBOX_OIDC_CLIENT_ID: client.client_id,
      SIGNALBOX_OIDC_CLIENT_SECRET: client.client_secret,
      SIGNALBOX_OIDC_NAME: "Test Hospital",
      SIGNALBOX_OIDC_SCOPES: "openid profile email groups",
      SIGNALBOX_OIDC_MFA_ACR: "urn:example:two-factors",
      SIGNALBOX_OIDC_PASSKEY_AMR: "hwk",
    },
    seat: (person) => {
      seated = person;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const client = { client_id: "signalbox", client_secret: "a secret of the tests alone" } as const;

function configurationFor(of: {
  readonly issuer: string;
  readonly redirectUri: string;
  readonly seated: () => ProviderPerson | undefined;
}): Configuration {
  const { issuer, redirectUri, seated } = of;
  return {
    clients: [{ ...client, redirect_uris: [redirectUri], grant_types: ["authorization_code"] }],
    claims: {
      openid: ["sub", "acr", "amr", "auth_time"],
      profile: ["name"],
      email: ["email"],
      groups: ["groups"],
    },
    scopes: ["openid", "profile", "email", "groups"],
    acrValues: ["urn:example:two-factors", "urn:example:password"],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ["of the tests alone"] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => {
        const { name, email, groups, amr, acr, hasGroupsElsewhere } = seated() ?? {};
        const elsewhere = hasGroupsElsewhere
          ? { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: `${issuer}/groups` } } }
          : {};
        const auth_time = Math.floor(Date.now() / 1000);
        return { sub, name, email, groups, amr, acr, auth_time, ...elsewhere };
      },
    }),
    // Consent is not asked: the hospital has registered the client for all of its people.
    loadExistingGrant: async (context) => {
      const { session, client: asking, provider } = context.oidc;
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: asking?.clientId });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
  };
}
