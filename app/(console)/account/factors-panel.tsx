import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { readMyFactors } from "@/lib/auth/my-factors";
import { listMyPasskeys } from "@/lib/auth/my-passkeys";
import { passkeySite } from "@/lib/auth/passkey-site";
import type { PageTime } from "../page-time";
import { AddApp } from "./add-app";
import { AddPasskey } from "./add-passkey";
import { PasskeyTable } from "./passkey-table";
import { RenewCodes } from "./renew-codes";

/** So few recovery codes left are worth a warning. */
const fewCodes = 3;

type FactorsPanelProps = { readonly time: Pick<PageTime, "now" | "zone"> };

/** What I prove myself with beside the password. */
export async function FactorsPanel({ time }: FactorsPanelProps) {
  const [{ appSince, recoveryCodesLeft }, passkeys] = await Promise.all([readMyFactors(), listMyPasskeys()]);
  return (
    <Panel
      title="Second factor"
      hint="Asked for after the password at every sign-in, and before what is most dangerous."
      actions={
        <>
          <RenewCodes />
          {appSince ? null : <AddApp />}
          <AddPasskey site={passkeySite()} />
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <KeyValueList
          items={[
            {
              key: "Authenticator app",
              value: appSince ? (
                <>
                  Set up <Moment at={appSince} {...time} />
                </>
              ) : (
                "none"
              ),
            },
            { key: "Passkeys", value: passkeys.length === 0 ? "none yet" : passkeys.length },
            {
              key: "Recovery codes",
              value: (
                <StatusWord state={recoveryCodesLeft <= fewCodes ? "warning" : "ok"}>
                  {recoveryCodesLeft} left
                </StatusWord>
              ),
            },
          ]}
        />
        {passkeys.length === 0 ? null : <PasskeyTable passkeys={passkeys} time={time} />}
      </div>
    </Panel>
  );
}
