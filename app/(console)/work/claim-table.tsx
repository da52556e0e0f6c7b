import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { itemHref, itemTitle } from "@/components/work/work-words";
import type { LiveClaim } from "@/lib/services/work/list-claims";
import type { PageTime } from "../page-time";

type ClaimTableProps = {
  readonly caption: string;
  readonly claims: readonly LiveClaim[];
  readonly time: Pick<PageTime, "now" | "zone">;
  readonly withHolder: boolean;
};

/** Claims that run, the one that ends first in front. */
export function ClaimTable({ caption, claims, time, withHolder }: ClaimTableProps) {
  return (
    <DataTable
      caption={caption}
      columns={columnsAt(time, withHolder)}
      rows={claims}
      rowKey={({ claimId }) => claimId}
      rowHref={itemHref}
    />
  );
}

function columnsAt(
  { now, zone }: ClaimTableProps["time"],
  withHolder: boolean,
): readonly Column<LiveClaim>[] {
  const holder: Column<LiveClaim> = {
    key: "holder",
    head: "Claimed by",
    cell: ({ userName }) => userName ?? "Somebody who is gone",
  };
  return [
    { key: "item", head: "Item", phone: "title", cell: itemTitle },
    { key: "place", head: "Where", cell: ({ place }) => place ?? "no longer there" },
    ...(withHolder ? [holder] : []),
    {
      key: "since",
      head: "Since",
      cell: ({ claimedAt }) => <Moment at={claimedAt} now={now} zone={zone} />,
    },
    {
      key: "until",
      head: "Until",
      phone: "value",
      cell: ({ expiresAt }) => <Moment at={expiresAt} now={now} zone={zone} show="absolute" />,
    },
  ];
}
