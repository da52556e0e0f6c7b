import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { SystemDetail } from "@/lib/services/estate/read-system";
import { ActButton } from "../../admin/act-button";
import type { PageTime } from "../../page-time";
import { readNow } from "../actions";

/** What the system's TLS endpoint last showed. */
export function CertificatePanel({
  system,
  time: { now, zone },
  mayWrite,
}: {
  readonly system: SystemDetail;
  readonly time: PageTime;
  readonly mayWrite: boolean;
}) {
  const { id, endpoint, certificate } = system;
  const moment = (at: Date | undefined) =>
    at ? <Moment at={at} now={now} zone={zone} show="absolute" /> : "never";
  return (
    <Panel
      title="Certificate"
      hint="Read from a TLS handshake every six hours, whoever signed it."
      state={stateOf(system)}
      actions={
        endpoint !== undefined && mayWrite ? (
          <ActButton act={readNow.bind(null, { id })} label="Read now" busyLabel="Reading…" />
        ) : null
      }
    >
      <KeyValueList
        items={[
          { key: "Endpoint", value: <span className="font-mono">{endpoint}</span> },
          { key: "Issued to", value: certificate?.subject ?? "not read" },
          { key: "Issued by", value: certificate?.issuer ?? "not read" },
          { key: "Valid from", value: moment(certificate?.validFrom) },
          { key: "Valid until", value: moment(certificate?.validTo) },
          { key: "Protocol", value: certificate?.protocol ?? "not read" },
          { key: "Last read", value: moment(certificate?.readAt) },
          { key: "Last tried", value: moment(certificate?.triedAt) },
        ]}
      />
    </Panel>
  );
}

function stateOf({ endpoint, certificate }: SystemDetail): PanelState {
  if (endpoint === undefined) {
    const why = "Name the host:port where it speaks TLS to have its certificate watched.";
    return { kind: "empty", title: "No endpoint is entered.", why };
  }
  if (certificate === undefined) return { kind: "empty", title: "It was not read yet; that takes minutes." };
  return { kind: "ready" };
}
