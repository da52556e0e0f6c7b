import { ChevronRight } from "lucide-react";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { ChannelColumns } from "@/lib/services/sources/read-source";
import type { PageTime } from "../../page-time";
import { ColumnMappingForm } from "./column-mapping-form";

type Time = Pick<PageTime, "now" | "zone">;
type ChannelColumnsPanelProps = {
  readonly channels: readonly ChannelColumns[];
  readonly time: Time;
  readonly mayConfirm: boolean;
};

/** Which custom column of each channel holds what. Names only suggest it; a person confirms. */
export function ChannelColumnsPanel({ channels, time, mayConfirm }: ChannelColumnsPanelProps) {
  const open = channels.filter(({ confirmedAt }) => confirmedAt === undefined).length;
  return (
    <Panel
      title="Columns"
      hint={
        open === 0
          ? "Confirmed for every channel with custom columns."
          : `${open} of ${channels.length} channels wait for a person to confirm what their custom columns hold. Until then search by these identifiers does not know them.`
      }
    >
      {channels.map((channel) => (
        <details key={channel.id} className="group border-b border-line py-1">
          <summary className="flex min-h-8 cursor-pointer list-none flex-wrap items-center gap-x-4">
            <span className="inline-flex items-center gap-1.5 font-medium">
              <ChevronRight aria-hidden className="size-4 text-muted group-open:rotate-90" />
              {channel.name}
            </span>
            <Confirmation channel={channel} time={time} />
          </summary>
          <ColumnMappingForm channel={channel} mayConfirm={mayConfirm} />
          <p className="max-w-[75ch] pb-2 text-12 text-muted">
            <Effect confirmedAt={channel.confirmedAt} time={time} />
          </p>
        </details>
      ))}
    </Panel>
  );
}

function Confirmation({ channel, time }: { readonly channel: ChannelColumns; readonly time: Time }) {
  const { confirmedAt, confirmedBy } = channel;
  if (confirmedAt === undefined) return <StatusWord state="notice">To be confirmed</StatusWord>;
  return (
    <span className="text-muted">
      Confirmed by {confirmedBy}, <Moment at={confirmedAt} now={time.now} zone={time.zone} show="absolute" />
    </span>
  );
}

type EffectProps = { readonly confirmedAt: Date | undefined; readonly time: Time };

/** From when a mapping counts: messages are not read again for its sake. */
function Effect({ confirmedAt, time: { now, zone } }: EffectProps) {
  if (confirmedAt === undefined) {
    return "Counts for messages read after it is confirmed. Those read before are not read again: search does not find them by these identifiers.";
  }
  return (
    <>
      Counts for messages read since <Moment at={confirmedAt} now={now} zone={zone} show="absolute" />. Those
      read before are not read again: they keep the identifiers found then.
    </>
  );
}
