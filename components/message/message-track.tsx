import Link from "next/link";
import type { ReactNode } from "react";
import type { AckCode, Outcome } from "@/lib/core/message/outcome";
import { formatDuration } from "@/lib/core/time/format";
import { classNames } from "../ui/class-names";
import { OutcomeWord } from "./outcome-word";

/** One destination of a message. Durations in milliseconds; null where they were not measured. */
export type TrackStop = {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly isChosen: boolean;
  readonly outcome: Outcome;
  readonly ackCode: AckCode | null;
  readonly isFirstFailed: boolean;
  readonly attempts: number;
  readonly waitMs: number | null;
  readonly partnerMs: number | null;
};

export type MessageTrackProps = {
  readonly sender: string;
  readonly received: ReactNode;
  readonly engine: string;
  /** How the way in ended; undefined where the source leg is not known. */
  readonly intake:
    | (Omit<TrackStop, "name" | "waitMs" | "partnerMs"> & { readonly latencyMs: number | null })
    | undefined;
  readonly stops: readonly TrackStop[];
};

/** The way of one message: sender, engine, destinations, with the time spent on each stretch. Vertical where there is little room. */
export function MessageTrack({ sender, received, engine, intake, stops }: MessageTrackProps) {
  return (
    <div className="@container">
      <div className="flex flex-col gap-y-2 @min-[56rem]:flex-row @min-[56rem]:items-center">
        <Station title={sender}>{received}</Station>
        <Wire label={intake ? `answered in ${formatDuration(intake.latencyMs)}` : ""} />
        <Station
          title={intake ? <StopLink href={intake.href} isChosen={intake.isChosen} name={engine} /> : engine}
        >
          {intake ? <OutcomeWord outcome={intake.outcome} ackCode={intake.ackCode} /> : "way in not known"}
        </Station>
        <ul className="flex flex-1 flex-col gap-2 border-l border-line-strong @max-[56rem]:ml-4">
          {stops.map(({ key, ...stop }) => (
            <li
              key={key}
              className="flex flex-wrap items-center @max-[56rem]:flex-col @max-[56rem]:items-stretch @max-[56rem]:gap-1 @max-[56rem]:pl-3"
            >
              <Wire label={stop.waitMs === null ? "not sent" : `sent after ${formatDuration(stop.waitMs)}`} />
              <Station title={<StopLink {...stop} />}>
                <OutcomeWord
                  outcome={stop.outcome}
                  ackCode={stop.ackCode}
                  isFirstFailed={stop.isFirstFailed}
                />
              </Station>
              <span className="text-12 text-muted @max-[56rem]:px-1 @max-[56rem]:empty:hidden @min-[56rem]:ml-3">
                {stopNote(stop)}
              </span>
            </li>
          ))}
          {stops.length === 0 ? <li className="px-3 text-muted">It went to no destination.</li> : null}
        </ul>
      </div>
    </div>
  );
}

function Station({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="min-w-36 rounded-sm border border-line-strong bg-raised px-3 py-1.5">
      <p className="font-medium">{title}</p>
      <div className="text-12 text-muted">{children}</div>
    </div>
  );
}

function StopLink({ href, isChosen, name }: Pick<TrackStop, "href" | "isChosen" | "name">) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={isChosen ? "true" : undefined}
      className={classNames("hover:underline", isChosen && "border-b-2 border-accent")}
    >
      {name}
    </Link>
  );
}

/** A stretch of the way: a line with the time it took above it. */
function Wire({ label }: { readonly label: string }) {
  return (
    <span className="flex min-w-32 flex-col px-1 text-center text-12 text-muted @max-[56rem]:min-w-0 @max-[56rem]:text-left">
      {label}
      <span aria-hidden className="mt-0.5 mb-4 border-t border-line-strong @max-[56rem]:hidden" />
    </span>
  );
}

function stopNote({ partnerMs, attempts }: Omit<TrackStop, "key">): string {
  const answer = partnerMs === null ? "" : `answered in ${formatDuration(partnerMs)}`;
  const tries = attempts > 1 ? `${attempts} attempts` : "";
  return [answer, tries].filter(Boolean).join(" · ");
}
