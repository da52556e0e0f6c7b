import { formatMoment } from "@/lib/core/time/format";
import { printInstant } from "@/lib/core/time/range";
import { type BucketHref, hrefForBucket } from "./bucket-href";
import { type BucketValues, type ChartUnit, formatValue } from "./chart-model";

/** A column of figures beside the time column. */
export type TableColumn = {
  readonly key: string;
  readonly label: string;
  readonly unit: ChartUnit;
  readonly values: BucketValues;
  readonly hrefQuery?: string | undefined;
  /** False for figures that belong to other messages: the comparison, the usual range. Default: true. */
  readonly isLinked?: boolean;
};
export type ChartTable = { readonly edges: readonly number[]; readonly columns: readonly TableColumn[] };

export type TableCell = { readonly key: string; readonly text: string; readonly href: string | undefined };
export type TableRow = {
  readonly fromMs: number;
  readonly time: string;
  readonly cells: readonly TableCell[];
};

/** The figures of a chart as rows for reading; every value is the one drawn. */
export function tableRows({ table, zone, bucketHref }: TableRows): readonly TableRow[] {
  return bucketsOf(table.edges).map(({ fromMs, toMs }, i) => ({
    fromMs,
    time: formatMoment({ at: new Date(fromMs), zone, now: new Date(table.edges.at(-1) ?? fromMs) }),
    cells: table.columns.map((column) => {
      const value = column.values[i] ?? null;
      const hasMessages = value !== null && value !== 0;
      return {
        key: column.key,
        text: formatValue(value, column.unit),
        href:
          bucketHref !== undefined && hasMessages && column.isLinked !== false
            ? hrefForBucket(bucketHref, { fromMs, toMs, query: column.hrefQuery })
            : undefined,
      };
    }),
  }));
}
type TableRows = {
  readonly table: ChartTable;
  readonly zone: string;
  readonly bucketHref: BucketHref | undefined;
};

/** The same figures as CSV: UTC instants, raw numbers with the unit in the heading, an empty field for no value. */
export function tableCsv({ edges, columns }: ChartTable): string {
  const head = ["from", "to", ...columns.map((column) => `${column.label} (${csvUnits[column.unit]})`)];
  const rows = bucketsOf(edges).map(({ fromMs, toMs }, i) => [
    printInstant(new Date(fromMs)),
    printInstant(new Date(toMs)),
    ...columns.map((column) => column.values[i] ?? ""),
  ]);
  return [head, ...rows].map((fields) => fields.map(csvField).join(",")).join("\r\n");
}

const csvUnits: Record<ChartUnit, string> = {
  messages: "messages",
  queued: "messages",
  ms: "ms",
  share: "0-1",
  perMinute: "per minute",
};

function bucketsOf(edges: readonly number[]) {
  return edges.slice(0, -1).map((fromMs, i) => ({ fromMs, toMs: edges[i + 1] ?? fromMs }));
}

/** RFC 4180 quoting; a leading = + - @ in text is defused, since spreadsheets would run it as a formula. */
function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
