import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { readMyFactors } from "@/lib/auth/my-factors";
import type { PageTime } from "../page-time";
import { RenewCodes } from "./renew-codes";

/** So few recovery codes left are worth a warning. */
const fewCodes = 3;

/** What I prove myself with beside the password. */
export async function FactorsPanel({
  time: { now, zone },
}: {
  readonly time: Pick<PageTime, "now" | "zone">;
}) {
  const { appSince, recoveryCodesLeft } = await readMyFactors();
  return (
    <Panel title="Second factor" hint="Asked for after the password at every sign-in.">
      <div className="flex flex-col items-start gap-3">
        <KeyValueList
          items={[
            {
              key: "Authenticator app",
              value: appSince ? (
                <>
                  Set up <Moment at={appSince} now={now} zone={zone} />
                </>
              ) : (
                "none"
              ),
            },
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
        <RenewCodes />
      </div>
    </Panel>
  );
}
