"use client";
import { ChartLine, Download, Table2, ZoomIn } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useShell } from "../shell/shell-context";
import type { BucketHref } from "./bucket-href";
import { type ChartTable, tableCsv, tableRows } from "./chart-table";

export type ChartFrameProps = {
  /** Names the table and the downloaded file: "Outcomes per 5 min". */
  readonly title: string;
  readonly table: ChartTable;
  readonly zone: string;
  readonly bucketHref?: BucketHref | undefined;
  readonly height: number;
  readonly legend?: ReactNode;
  readonly children: ReactNode;
};

/** What every chart has around it: legend, exact zoom, CSV, and a table of the very same figures in its place. */
export function ChartFrame({ title, table, zone, bucketHref, height, legend, children }: ChartFrameProps) {
  const [isTable, setIsTable] = useState(false);
  const { setOverlay } = useShell();
  return (
    <figure aria-label={title}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {legend ?? <span />}
        <div data-screen-only className="ml-auto flex items-center">
          <ToolButton label={`Set exact times for ${title}`} onClick={() => setOverlay("range")}>
            <ZoomIn aria-hidden />
          </ToolButton>
          <ToolButton
            label={isTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
            {isTable ? "Chart" : "Table"}
          </ToolButton>
          <ToolButton
            label={`Download ${title} as CSV`}
            onClick={() => download(`${title}.csv`, tableCsv(table))}
          >
            <Download aria-hidden />
            CSV
          </ToolButton>
        </div>
      </div>
      {/* Same height for both views: switching must not move the page. */}
      <div className="relative" style={{ height }}>
        {isTable ? <FigureTable title={title} table={table} zone={zone} bucketHref={bucketHref} /> : children}
      </div>
    </figure>
  );
}

function ToolButton({ label, onClick, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded-sm px-1.5 text-12 text-muted hover:bg-hover hover:text-ink [&_svg]:size-3.5"
    >
      {children}
    </button>
  );
}
type ToolButtonProps = {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function FigureTable({ title, table, zone, bucketHref }: FigureTableProps) {
  return (
    <section
      aria-label={`${title}, scrollable table`}
      {...scrollableByKeyboard}
      className="h-full overflow-auto border-y border-line"
    >
      <table className="w-full border-separate border-spacing-0 tabular-nums">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col" className={`${headClass} text-left`}>
              From
            </th>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" className={`${headClass} text-right`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows({ table, zone, bucketHref }).map((row) => (
            <tr key={row.fromMs} className="hover:bg-hover">
              <th
                scope="row"
                className="h-7 whitespace-nowrap border-b border-line px-2 text-left font-normal"
              >
                {row.time}
              </th>
              {row.cells.map((cell) => (
                <td key={cell.key} className="h-7 whitespace-nowrap border-b border-line px-2 text-right">
                  {cell.href ? (
                    <Link href={cell.href} prefetch={false} className="text-link">
                      {cell.text}
                    </Link>
                  ) : (
                    cell.text
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
type FigureTableProps = Pick<ChartFrameProps, "title" | "table" | "zone" | "bucketHref">;

// A scrolling box must be reachable without a mouse (WCAG 2.1.1), even where the table holds no links.
const scrollableByKeyboard = { tabIndex: 0 };
const headClass =
  "sticky top-0 h-8 whitespace-nowrap border-b border-line-strong bg-surface px-2 text-12 font-medium text-muted";

function download(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
