import { CopyableId } from "@/components/ui/copyable-id";
import { KeyValueList } from "@/components/ui/key-value";
import { Panel } from "@/components/ui/panel";
import { type OidcView, oidcRedirectAddress } from "@/lib/auth/oidc-view";

/** The settings as they stand, without the secret. They are changed where the server is set up. */
export function ProviderPanel({ oidc }: { readonly oidc: OidcView | undefined }) {
  const redirect = {
    key: "Redirect address",
    value: <CopyableId kind="redirect address" value={oidcRedirectAddress()} />,
  };
  if (oidc === undefined) {
    return (
      <Panel
        title="Identity provider"
        hint="Register this address there, then set SIGNALBOX_OIDC_ISSUER and its companions for the server."
      >
        <KeyValueList items={[redirect]} />
      </Panel>
    );
  }
  const acr = oidc.mfaAcr.length > 0 ? `, or acr ${oidc.mfaAcr.join(", ")}` : "";
  return (
    <Panel title="Identity provider" hint="Set where the server is set up, by SIGNALBOX_OIDC_*.">
      <KeyValueList
        items={[
          { key: "Issuer", value: <CopyableId kind="issuer" value={oidc.issuer} /> },
          { key: "Client", value: <CopyableId kind="client id" value={oidc.clientId} /> },
          redirect,
          { key: "Scopes", value: oidc.scopes },
          { key: "Claim with groups", value: oidc.groupsClaim },
          { key: "Second factor there", value: `counts by amr${acr}` },
          {
            key: "Passwords",
            value: oidc.isOnlyWay ? "open emergency accounts alone" : "open local accounts",
          },
        ]}
      />
    </Panel>
  );
}
