import { Panel } from "@/components/ui/panel";
import { readMyProvider } from "@/lib/auth/my-provider";
import { ConnectProvider } from "./connect-provider";

/** Whether I sign in at the identity provider; nothing where there is none. */
export async function ProviderPanel() {
  const provider = await readMyProvider();
  if (provider === undefined) return null;
  const { name, state } = provider;
  return (
    <Panel
      title="Sign-in with the hospital account"
      hint={`The sign-in page offers ${name}.`}
      actions={state === "open" ? <ConnectProvider name={name} /> : null}
    >
      <p>{words[state]}</p>
    </Panel>
  );
}

const words = {
  connected: "Connected: signing in there opens this account.",
  open: "Not connected. Connect it and you sign in there from now on; roles of your groups there are added to yours.",
  "kept-for-emergencies": "Not connected: this account is kept for emergencies.",
} as const;
