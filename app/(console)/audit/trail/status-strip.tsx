import { Figure, FigureRow } from "@/components/ui/figure";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import type { TrailStatus } from "@/lib/services/own-audit/read-trail-status";
import type { PageTime } from "../../page-time";

type StatusStripProps = { readonly status: TrailStatus; readonly time: Pick<PageTime, "now" | "zone"> };

/** How far the trail is sealed and witnessed. Whether it holds is for verifying to say. */
export function StatusStrip({ status, time: { now, zone } }: StatusStripProps) {
  const { lastBlock, lastWitness, rowsNotSealed, rowsNotWitnessed } = status;
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} withSeconds />;
  return (
    <FigureRow>
      <Figure
        label="Last sealed block"
        value={lastBlock === undefined ? "—" : formatCount(lastBlock.number)}
        context={lastBlock === undefined ? "nothing is sealed yet" : moment(lastBlock.sealedAt)}
      />
      <Figure
        label="Last witnessed block"
        value={lastWitness === undefined ? "—" : formatCount(lastWitness.number)}
        context={lastWitness === undefined ? "nothing is witnessed yet" : moment(lastWitness.at)}
      />
      <Figure
        label="Lines not witnessed yet"
        value={formatCount(rowsNotWitnessed)}
        context="witnessed every 15 min"
      />
      <Figure label="Lines not sealed yet" value={formatCount(rowsNotSealed)} context="sealed every second" />
    </FigureRow>
  );
}
