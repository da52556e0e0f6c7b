import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { UserView } from "@/lib/services/users/list-users";
import type { PageTime } from "../../../page-time";
import { ActButton } from "../../act-button";
import { AskButton } from "../../ask-button";
import { disable, enable } from "../actions";
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
