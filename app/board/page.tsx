import type { Metadata } from "next";
import type { ReactNode } from "react";
import { formatClock, formatDay, formatOffset } from "@/lib/core/time/format";
import { currentDisplay } from "@/lib/http/display";
import { readOverview } from "@/lib/services/overview/read-overview";
import { readPageTime } from "../(console)/page-time";
import { BoardList } from "./board-list";
import { BoardRefresh } from "./board-refresh";
import { BoardStrips } from "./board-strips";

export const metadata: Metadata = { title: "Wall board", referrer: "no-referrer" };

/** The overview for a screen on a wall: figures alone, without data of patients, links or anything to press. */
export default async function BoardPage() {
  const actor = await currentDisplay();
  if (actor === undefined) return <NotSetUp />;
  const time = await readPageTime(Promise.resolve({}));
  const { now, zone, range } = time;
  const overview = await readOverview(actor, { range, zone });
  return (
    <Frame>
      <header className="flex items-start justify-between gap-8 border-b border-line-strong pb-4">
        <h1 className="max-w-[46ch] text-balance text-[2rem] font-semibold leading-tight">
          {overview.sentence.map(({ text }) => text).join("")}
        </h1>
        <div className="text-right">
          <p className="text-[2rem] font-semibold leading-tight tabular-nums">
            {formatClock({ at: now, zone })}
          </p>
          <p className="text-16 text-muted">
            {[formatDay({ at: now, zone }), zone, zone === "UTC" ? "" : formatOffset({ at: now, zone })].join(
              " ",
            )}
          </p>
          <BoardRefresh asOf={now.getTime()} />
        </div>
      </header>
      <BoardList overview={overview} time={time} />
      {overview.strips.length > 0 ? <BoardStrips overview={overview} zone={zone} /> : null}
    </Frame>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col gap-6 bg-surface px-[3vw] py-[3vh] text-20 text-ink">
      {children}
    </main>
  );
}

function NotSetUp() {
  return (
    <Frame>
      <h1 className="text-[2rem] font-semibold">This screen is not set up</h1>
      <p className="max-w-[60ch] text-muted">
        It was never opened here, it was ended, its time is over, or it stands at another address than it was
        made for. An administrator makes a new link under Admin, Wall boards.
      </p>
      <BoardRefresh asOf={undefined} />
    </Frame>
  );
}
