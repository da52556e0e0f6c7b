import type { Column } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import type { PageTime } from "../page-time";
import { browserName } from "./browser-name";

type SignedIn = {
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly isLocked?: boolean;
};

/** In which browser somebody is signed in, from where, and since when. */
export function sessionColumns<Row extends SignedIn>({
  now,
  zone,
}: Pick<PageTime, "now" | "zone">): readonly Column<Row>[] {
  return [
    {
      key: "browser",
      head: "Browser",
      cell: ({ userAgent }) => <span title={userAgent}>{browserName(userAgent)}</span>,
    },
    { key: "address", head: "Address", cell: ({ address }) => address ?? "this machine" },
    {
      key: "started",
      head: "Signed in",
      cell: ({ startedAt }) => <Moment at={startedAt} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "seen",
      head: "Last used",
      cell: ({ lastSeenAt, isLocked }) => (
        <>
          <Moment at={lastSeenAt} now={now} zone={zone} show="relative" />
          {isLocked ? <span className="text-muted"> · locked</span> : null}
        </>
      ),
    },
  ];
}
