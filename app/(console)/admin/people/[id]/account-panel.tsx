import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { UserView } from "@/lib/services/users/list-users";
import type { PageTime } from "../../../page-time";
import { ActButton } from "../../act-button";
import { AskButton } from "../../ask-button";
import { disable, enable, keepForEmergencies, resetFactorsOf } from "../actions";
import { RenewInvitation } from "./renew-invitation";

type AccountPanelProps = {
  readonly person: UserView;
  readonly isSelf: boolean;
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** Whether somebody may sign in, and what is known of it. */
export function AccountPanel({ person, isSelf, time }: AccountPanelProps) {
  const moment = (at: Date | undefined, none: string) => (at ? <Moment at={at} {...time} /> : none);
  return (
    <Panel title="Account" actions={isSelf ? null : <AccountActions person={person} />}>
      <KeyValueList
        items={[
          { key: "Invited or made", value: moment(person.createdAt, "—") },
          { key: "Joined", value: moment(person.joinedAt, "not yet") },
          { key: "Last signed in", value: moment(person.lastSignInAt, "never") },
          { key: "Second factor", value: person.factors.isEnrolled ? "enrolled" : "not enrolled yet" },
          { key: "Signs in", value: person.isFromProvider ? "at the identity provider" : "by password" },
          { key: "For emergencies", value: person.isForEmergencies ? "kept, every use alarms" : "no" },
          { key: "Disabled", value: moment(person.disabledAt, "no") },
        ]}
      />
    </Panel>
  );
}

function AccountActions({ person }: { readonly person: UserView }) {
  const input = { userId: person.id };
  if (person.disabledAt) {
    return <ActButton act={enable.bind(null, input)} label="Enable again" busyLabel="Enabling…" />;
  }
  return (
    <>
      {person.joinedAt ? null : <RenewInvitation userId={person.id} />}
      {person.joinedAt && !person.isFromProvider ? <EmergencyButton person={person} /> : null}
      {person.factors.isEnrolled ? <ResetButton person={person} /> : null}
      <AskButton
        act={disable.bind(null, input)}
        label="Disable the account"
        busyLabel="Disabling…"
        title={`Disable the account of ${person.name}`}
      >
        <p>All sessions end at once, and signing in is refused. Roles are kept; it can be enabled again.</p>
      </AskButton>
    </>
  );
}

function EmergencyButton({ person: { id, isForEmergencies } }: { readonly person: UserView }) {
  return (
    <ActButton
      act={keepForEmergencies.bind(null, { userId: id, isKept: !isForEmergencies })}
      label={isForEmergencies ? "Keep no longer for emergencies" : "Keep for emergencies"}
      busyLabel="Changing…"
    />
  );
}

function ResetButton({ person: { id, name } }: { readonly person: UserView }) {
  return (
    <AskButton
      act={resetFactorsOf.bind(null, { userId: id })}
      label="Reset second factors"
      busyLabel="Asking…"
      title={`Ask to reset the second factors of ${name}`}
    >
      <p>
        For somebody who lost telephone, keys and recovery codes. Make sure first that it is them: another
        administrator approves, then all of their sessions end and the next sign-in sets up new factors.
      </p>
    </AskButton>
  );
}
