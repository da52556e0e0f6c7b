import Link from "next/link";
import type { ReactNode } from "react";
import { remedyText } from "@/components/message/identifier-text";
import { CopyableId } from "@/components/ui/copyable-id";
import { formatCount } from "@/components/ui/format-number";
import type { KeyValueItem } from "@/components/ui/key-value";
import type { Identifier } from "@/lib/core/message/identifier-coverage";
import type { MessageView } from "@/lib/services/messages/read-message";

/** Identifiers of the chosen delivery; where one is missing, whether the message or the whole channel lacks it. */
export function identifierItems(view: MessageView): readonly KeyValueItem[] {
  const { delivery } = view.chosen;
  const missing = (identifier: Identifier) => <Missing view={view} identifier={identifier} />;
  const id = (value: string | null, kind: string): ReactNode =>
    value && <CopyableId value={value} kind={kind} />;
  return [
    { key: "Engine's message id", value: id(delivery.engineMessageId, "engine message id") },
    { key: "Control id (MSH-10)", value: id(delivery.controlId, "control id") ?? missing("controlId") },
    { key: "Accession number", value: id(delivery.accession, "accession number") ?? missing("accession") },
    { key: "Order number", value: id(delivery.orderNumber, "order number") ?? missing("orderNumber") },
    { key: "Patient", value: delivery.hasPatient ? "known, kept as a reference only" : missing("mrn") },
    { key: "Size", value: delivery.sizeBytes === null ? "—" : `${formatCount(delivery.sizeBytes)} bytes` },
    { key: "Channel revision", value: delivery.interfaceRevision ?? "—" },
  ];
}

function Missing({ view, identifier }: { readonly view: MessageView; readonly identifier: Identifier }) {
  const unknown = view.unknown.find((one) => one.identifier === identifier);
  if (unknown === undefined) return <span className="text-muted">not in this message</span>;
  return (
    <span className="text-muted">
      not known for this channel:{" "}
      <Link href={`/sources/${view.record.sourceId}`} prefetch={false} className="text-link">
        {remedyText(unknown)}
      </Link>
    </span>
  );
}
