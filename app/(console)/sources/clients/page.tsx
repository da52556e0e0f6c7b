import type { Metadata } from "next";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { isInForce } from "@/lib/core/access-token/schema";
import { pushScopes } from "@/lib/core/api-client/schema";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listClients } from "@/lib/services/api-clients/list-clients";
import { listSources } from "@/lib/services/sources/list-sources";
import { type PageTime, readPageTime } from "../../page-time";
import { RenewSecret } from "../renew-secret";
import { RevokeSecret } from "../revoke-secret";
import { SecretState } from "../secret-state";
import { MakeClient } from "./make-client";

export const metadata: Metadata = { title: "API clients" };

type Client = Awaited<ReturnType<typeof listClients>>[number];

export default async function ClientsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const [clients, sources] = await Promise.all([listClients(actor, {}), listSources(actor, {})]);
  const mayWrite = can(actor, "token.write");
  const pushed = sources
    .filter(({ isPolled }) => !isPolled)
    .map(({ id, name, kind }) => ({ id, name, scopes: pushScopes(kind) }));
  return (
    <>
      <PageHeader title="API clients" crumbs={[{ label: "Sources", href: "/sources" }]} />
      <Panel
        title="Clients"
        hint="Programs that ask POST /oauth/token for an access token of 15 minutes with their id and secret."
        actions={mayWrite ? <MakeClient sources={pushed} /> : null}
        state={clients.length > 0 ? { kind: "ready" } : none}
      >
        <DataTable
          caption="API clients"
          columns={columnsAt(time, mayWrite)}
          rows={clients}
          rowKey={({ id }) => id}
        />
      </Panel>
    </>
  );
}

const none = {
  kind: "empty",
  title: "There is no client yet.",
  why: "A client reads audit events over FHIR, or pushes for a source with short-lived tokens.",
} as const;

function columnsAt({ now, zone }: PageTime, mayWrite: boolean): readonly Column<Client>[] {
  const moment = (at: Date | undefined) =>
    at ? <Moment at={at} now={now} zone={zone} show="absolute" /> : "never";
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "9rem",
      cell: (client) => <SecretState of={client} now={now} />,
    },
    { key: "name", head: "Client", phone: "title", cell: ({ name }) => name },
    { key: "id", head: "Id", cell: ({ id }) => <code className="font-mono">{id}</code> },
    { key: "scopes", head: "May", cell: ({ scopes }) => scopes.join(" ") },
    { key: "source", head: "For", from: "lg", cell: ({ source }) => source ?? "" },
    { key: "used", head: "Last used", cell: ({ lastUsedAt }) => moment(lastUsedAt) },
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: (client) =>
        mayWrite && isInForce(client, now) ? (
          <span className="flex justify-end gap-2">
            <RenewSecret of={{ kind: "client", id: client.id, name: client.name }} />
            <RevokeSecret of={{ kind: "client", id: client.id, name: client.name }} />
          </span>
        ) : null,
    },
  ];
}
