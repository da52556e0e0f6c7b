import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { isInForce } from "@/lib/core/access-token/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { listTokens } from "@/lib/services/tokens/list-tokens";
import type { PageTime } from "../../page-time";
import { RenewSecret } from "../renew-secret";
import { RevokeSecret } from "../revoke-secret";
import { SecretState } from "../secret-state";
import { MakeToken } from "./make-token";

type Time = Pick<PageTime, "now" | "zone">;
type TokensPanelProps = { readonly actor: Actor; readonly sourceId: number; readonly time: Time };
type Token = Awaited<ReturnType<typeof listTokens>>[number];

/** The bearer tokens with which a source may send. Their secrets are known to their users alone. */
export async function TokensPanel({ actor, sourceId, time }: TokensPanelProps) {
  const tokens = await listTokens(actor, { sourceId });
  const mayWrite = can(actor, "token.write");
  return (
    <Panel
      title="Tokens"
      hint="Sent as “Authorization: Bearer …” to POST /api/v1/ingest. One for each sender, so that one can be revoked alone."
      actions={mayWrite ? <MakeToken sourceId={sourceId} /> : null}
      state={tokens.length > 0 ? { kind: "ready" } : none}
    >
      <DataTable
        caption="Tokens of this source"
        columns={columnsAt(time, mayWrite)}
        rows={tokens}
        rowKey={({ id }) => id}
      />
    </Panel>
  );
}

const none = {
  kind: "empty",
  title: "There is no token yet.",
  why: "Without one nothing can be sent here.",
} as const;

function columnsAt({ now, zone }: Time, mayWrite: boolean): readonly Column<Token>[] {
  const moment = (at: Date | undefined, otherwise: string) =>
    at ? <Moment at={at} now={now} zone={zone} show="absolute" /> : otherwise;
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "9rem",
      cell: (token) => <SecretState of={token} now={now} />,
    },
    { key: "name", head: "Token", phone: "title", cell: ({ name }) => name },
    { key: "hint", head: "Begins with", cell: ({ hint }) => <code className="font-mono">{hint}…</code> },
    { key: "made", head: "Made", cell: ({ createdAt }) => moment(createdAt, "") },
    { key: "by", head: "By", from: "lg", cell: ({ createdBy }) => createdBy },
    { key: "used", head: "Last used", cell: ({ lastUsedAt }) => moment(lastUsedAt, "never") },
    { key: "expires", head: "Expires", cell: ({ expiresAt }) => moment(expiresAt, "never") },
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: (token) =>
        mayWrite && isInForce(token, now) ? (
          <span className="flex justify-end gap-2">
            <RenewSecret of={{ kind: "token", id: token.id, name: token.name }} />
            <RevokeSecret of={{ kind: "token", id: token.id, name: token.name }} />
          </span>
        ) : null,
    },
  ];
}
