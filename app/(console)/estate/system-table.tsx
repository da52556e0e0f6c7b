import Link from "next/link";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { LampState } from "@/components/ui/lamp";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { systemKindTitles } from "@/lib/core/estate/kinds";
import type { SystemView } from "@/lib/services/estate/system-view";
import type { PageTime } from "../page-time";

/** Systems, one a row: what is wrong first, then what each is. */
export function SystemTable({
  systems,
  time,
}: {
  readonly systems: readonly SystemView[];
  readonly time: PageTime;
}) {
  return <DataTable caption="Systems" columns={columnsAt(time)} rows={systems} rowKey={({ id }) => id} />;
}

/** The lamp of a system and the word beside it. */
export function SystemStatus({
  system,
  now,
}: {
  readonly system: Pick<SystemView, "warnings" | "maintenance">;
  readonly now: Date;
}) {
  const { state, word } = statusOf(system, now);
  return (
    <StatusWord state={state} isWellGreen>
      {word}
    </StatusWord>
  );
}

function statusOf(
  { warnings: [worst], maintenance }: Pick<SystemView, "warnings" | "maintenance">,
  now: Date,
): { readonly state: LampState; readonly word: string } {
  if (maintenance.some(({ from }) => from <= now)) return { state: "excluded", word: "In maintenance" };
  if (worst === undefined) return { state: "ok", word: "Nothing known" };
  const words = { critical: "Act now", warning: "Look at it", notice: "Notice" } as const;
  return { state: worst.severity, word: words[worst.severity] };
}

function columnsAt({ now, zone }: PageTime): readonly Column<SystemView>[] {
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "9rem",
      cell: (system) => <SystemStatus system={system} now={now} />,
    },
    {
      key: "name",
      head: "System",
      phone: "title",
      cell: ({ id, name }) => (
        <Link prefetch={false} href={`/estate/${id}`} className="font-medium">
          {name}
        </Link>
      ),
    },
    { key: "kind", head: "Kind", cell: ({ kind }) => systemKindTitles[kind] },
    {
      key: "release",
      head: "Release",
      cell: ({ product, version }) => [product, version].filter(Boolean).join(" ") || "not entered",
    },
    {
      key: "wrong",
      head: "What is known",
      cell: ({ warnings: [worst, ...others] }) =>
        worst === undefined ? "–" : `${worst.text}${others.length > 0 ? ` And ${others.length} more.` : ""}`,
    },
    {
      key: "certificate",
      head: "Certificate until",
      from: "lg",
      cell: ({ endpoint, certificate }) =>
        certificate?.validTo ? (
          <Moment at={certificate.validTo} now={now} zone={zone} show="absolute" />
        ) : endpoint === undefined ? (
          "no endpoint"
        ) : (
          "not read yet"
        ),
    },
    {
      key: "planned",
      head: "Next maintenance",
      from: "lg",
      cell: ({ maintenance: [next] }) =>
        next ? <Moment at={next.from} now={now} zone={zone} show="absolute" /> : "none planned",
    },
  ];
}
