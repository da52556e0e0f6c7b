import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Actor } from "@/lib/core/authz/actor";
import type { AdministratorProof } from "@/lib/core/authz/administrator-proof";
import { readAdministratorProof } from "@/lib/services/sign-in-rules/read-administrator-proof";
import { holdAdministrators } from "./actions";
import { AskButton } from "./ask-button";

/** How administrators prove themselves, and the switch for it. */
export async function SignInPanel({ actor }: { readonly actor: Actor }) {
  const proof = await readAdministratorProof(actor, {});
  return (
    <Panel
      title="Proof of administrators"
      hint="A code can be given away to a page that looks like this one; a passkey or security key cannot."
      actions={proof.isPossible ? <Switch isOn={proof.isOn} /> : null}
    >
      <StatusWord state={proof.isOn || proof.isDefault ? "ok" : "notice"}>{sentenceOf(proof)}</StatusWord>
    </Panel>
  );
}

function Switch({ isOn }: { readonly isOn: boolean }) {
  return isOn ? (
    <AskButton
      act={holdAdministrators.bind(null, { isOn: false })}
      label="Let codes do"
      busyLabel="Changing…"
      title="Let administrators prove themselves by code"
    >
      <p>
        From the next request on, a code of an app or a recovery code opens all powers of an administrator.
      </p>
    </AskButton>
  ) : (
    <AskButton
      act={holdAdministrators.bind(null, { isOn: true })}
      label="Ask for passkeys"
      look="secondary"
      busyLabel="Changing…"
      title="Ask administrators for a passkey"
    >
      <p>
        From the next request on, administrators who came in by a code, you among them, have no powers of an
        administrator until they prove a passkey. Who has none adds one under Account, Security.
      </p>
    </AskButton>
  );
}

function sentenceOf({ isOn, isDefault, isPossible }: AdministratorProof): string {
  if (!isPossible) return "By any second factor: passkeys do not work at the public address";
  if (isOn) return `By passkey or security key alone${isDefault ? ", as is usual over HTTPS" : ""}`;
  return `By any second factor${isDefault ? ", as is usual without HTTPS" : ""}`;
}
