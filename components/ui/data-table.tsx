import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type SortDirection = "asc" | "desc";
export type Column<Row> = {
  readonly key: string;
  /** Short heading with its unit: "p95, s". */
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. Default: start. */
  readonly align?: "start" | "end";
  /** First direction a click sorts in; absent = not sortable. */
  readonly sort?: SortDirection;
  /** What the column means, on hover over the heading. */
  readonly hint?: string;
  /** Place on a phone and in narrow panels: left or right end of the first line, in the second line (with its heading), or left out. Default: detail. */
  readonly phone?: "title" | "value" | "detail" | "hidden";
  /** Shown only where the table has this much room: 56, 64 or 80 rem. */
  readonly from?: "lg" | "xl" | "2xl";
  /** CSS width, e.g. "7rem"; the rest share what is left. */
  readonly width?: string;
};

export type TableSort = {
  readonly key: string;
  readonly direction: SortDirection;
  readonly hrefFor: (key: string, direction: SortDirection) => string;
};

export type DataTableProps<Row> = {
  /** What the table holds; spoken, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads: the "title" column (or the first) becomes the link; click, `j`/`k` and Enter follow it. */
  readonly rowHref?: (row: Row) => string;
  /** A coloured edge at the row's start, beside (never instead of) a lamp and word in a cell. */
  readonly rowTone?: (row: Row) => "critical" | "warning" | "notice" | undefined;
  readonly sort?: TableSort;
};

/** A flat table drawn on the server: sort links, sticky header, tabular figures, two-line rows below 44 rem. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  rowTone,
  sort,
}: DataTableProps<Row>) {
  const title = columns.find((column) => column.phone === "title") ?? columns[0];
  return (
    <div className="@container">
      <table className="w-full border-separate border-spacing-0 tabular-nums @max-[44rem]:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="@max-[44rem]:sr-only">
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody className="@max-[44rem]:block">
          {rows.map((row) => (
            <tr key={rowKey(row)} data-row="" className={rowClass(rowTone?.(row), rowHref !== undefined)}>
              {columns.map((column) => {
                const href = column === title ? rowHref?.(row) : undefined;
                return (
                  <td
                    key={column.key}
                    data-label={column.head}
                    className={cellClass(column, column === title)}
                  >
                    {href ? <RowLink href={href}>{column.cell(row)}</RowLink> : column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} data-row-link="" className="font-medium hover:underline">
      {children}
    </Link>
  );
}

function HeadCell<Row>({ column, sort }: { column: Column<Row>; sort: TableSort | undefined }) {
  const isCurrent = sort?.key === column.key;
  const ariaSort = isCurrent ? (sort.direction === "asc" ? "ascending" : "descending") : undefined;
  return (
    <th
      scope="col"
      title={column.hint}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={ariaSort}
      className={classNames(
        "sticky top-(--sticky-top,0px) z-10 h-8 whitespace-nowrap border-b border-line-strong bg-surface px-2 text-12 font-medium text-muted",
        column.align === "end" ? "text-right" : "text-left",
        column.from && fromWidth[column.from],
      )}
    >
      {sort && column.sort ? (
        <Link
          prefetch={false}
          scroll={false}
          href={sort.hrefFor(column.key, nextDirection({ column, sort }))}
          className={classNames(
            "inline-flex min-h-6 items-center gap-1 hover:text-ink",
            isCurrent && "font-semibold text-ink",
          )}
        >
          {column.head}
          {isCurrent && sort.direction === "asc" ? <ArrowUp aria-hidden className="size-3" /> : null}
          {isCurrent && sort.direction === "desc" ? <ArrowDown aria-hidden className="size-3" /> : null}
        </Link>
      ) : (
        column.head
      )}
    </th>
  );
}

function nextDirection<Row>({ column, sort }: { column: Column<Row>; sort: TableSort }): SortDirection {
  if (sort.key !== column.key) return column.sort ?? "asc";
  return sort.direction === "asc" ? "desc" : "asc";
}

function rowClass(tone: "critical" | "warning" | "notice" | undefined, isLink: boolean): string {
  return classNames(
    // On a phone the row is a wrapping flex box; the empty ::after (order 3) breaks the line before the details.
    "hover:bg-hover focus-within:bg-hover @max-[44rem]:flex @max-[44rem]:flex-wrap @max-[44rem]:items-center @max-[44rem]:gap-x-3 @max-[44rem]:border-b @max-[44rem]:border-line @max-[44rem]:px-2 @max-[44rem]:py-2 @max-[44rem]:after:order-3 @max-[44rem]:after:basis-full",
    isLink && "cursor-pointer",
    tone && rowTones[tone],
  );
}

const rowTones = {
  critical:
    "@min-[44rem]:[&>td:first-child]:shadow-[inset_3px_0_var(--critical)] @max-[44rem]:shadow-[inset_3px_0_var(--critical)]",
  warning:
    "@min-[44rem]:[&>td:first-child]:shadow-[inset_3px_0_var(--warning-fill)] @max-[44rem]:shadow-[inset_3px_0_var(--warning-fill)]",
  notice:
    "@min-[44rem]:[&>td:first-child]:shadow-[inset_3px_0_var(--notice)] @max-[44rem]:shadow-[inset_3px_0_var(--notice)]",
};

function cellClass<Row>(column: Column<Row>, isTitle: boolean): string {
  return classNames(
    "px-2 py-0.5 align-middle @max-[44rem]:p-0 @min-[44rem]:h-row @min-[44rem]:border-b @min-[44rem]:border-line",
    column.align === "end" && "whitespace-nowrap @min-[44rem]:text-right",
    column.from && fromWidth[column.from],
    phonePlaces[isTitle ? "title" : (column.phone ?? "detail")],
  );
}

const phonePlaces = {
  title: "@max-[44rem]:min-w-0 @max-[44rem]:flex-1 @max-[44rem]:order-1",
  value: "@max-[44rem]:order-2",
  detail:
    "@max-[44rem]:order-4 @max-[44rem]:text-12 @max-[44rem]:text-muted @max-[44rem]:before:content-[attr(data-label)] @max-[44rem]:before:mr-1 @max-[44rem]:empty:hidden",
  hidden: "@max-[44rem]:hidden",
};
// The table looks at the room it has, not at the window: it also stands in panels and beside the rail.
const fromWidth = {
  lg: "@min-[44rem]:@max-[56rem]:hidden",
  xl: "@min-[44rem]:@max-[64rem]:hidden",
  "2xl": "@min-[44rem]:@max-[80rem]:hidden",
};
