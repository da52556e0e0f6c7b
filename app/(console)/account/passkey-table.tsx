import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import type { MyPasskey } from "@/lib/auth/my-passkeys";
import { AskButton } from "../admin/ask-button";
import type { PageTime } from "../page-time";
import { removePasskey } from "./actions";
import { RenamePasskey } from "./rename-passkey";

type Time = Pick<PageTime, "now" | "zone">;

/** My passkeys and security keys. */
export function PasskeyTable({
  passkeys,
  time,
}: {
  readonly passkeys: readonly MyPasskey[];
  readonly time: Time;
}) {
  return (
    <DataTable
      caption="My passkeys and security keys"
      columns={columnsAt(time)}
      rows={passkeys}
      rowKey={({ id }) => id}
    />
  );
}

function columnsAt({ now, zone }: Time): readonly Column<MyPasskey>[] {
  return [
    { key: "name", head: "Passkey", phone: "title", cell: ({ name }) => name },
    {
      key: "kept",
      head: "Kept",
      from: "lg",
      cell: ({ isBackedUp }) => (isBackedUp ? "with copies, by its maker" : "on one device or key alone"),
    },
    {
      key: "added",
      head: "Added",
      cell: ({ createdAt }) => <Moment at={createdAt} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "used",
      head: "Last used",
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Moment at={lastUsedAt} now={now} zone={zone} show="relative" /> : "not yet",
    },
    {
      key: "act",
      head: "Actions",
      align: "end",
      phone: "value",
      cell: ({ id, name }) => (
        <span className="inline-flex gap-2">
          <RenamePasskey id={id} name={name} />
          <AskButton
            act={removePasskey.bind(null, { id })}
            label="Remove"
            busyLabel="Removing…"
            title={`Remove ${name}`}
          >
            <p>
              It proves nothing here any more. Delete it from the device too, where there is a list of them.
            </p>
          </AskButton>
        </span>
      ),
    },
  ];
}
