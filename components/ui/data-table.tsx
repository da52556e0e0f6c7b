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
  /** Place on a phone: left or right end of the first line, in the second line (with its heading), or left out. Default: detail. */
  readonly phone?: "title" | "value" | "detail" | "hidden";
  /** Shown only from this width of the window on. */
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

/** A flat table drawn on the server: sort links, sticky header, tabular figures, two-line rows on a phone. */
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
    <table className="w-full border-separate border-spacing-0 tabular-nums max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-md:sr-only">
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <tr key={rowKey(row)} data-row="" className={rowClass(rowTone?.(row), rowHref !== undefined)}>
            {columns.map((column) => {
              const href = column === title ? rowHref?.(row) : undefined;
              return (
                <td key={column.key} data-label={column.head} className={cellClass(column, column === title)}>
                  {href ? <RowLink href={href}>{column.cell(row)}</RowLink> : column.cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
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
    "hover:bg-hover focus-within:bg-hover max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:border-b max-md:border-line max-md:px-2 max-md:py-2 max-md:after:order-3 max-md:after:basis-full",
    isLink && "cursor-pointer",
    tone && rowTones[tone],
  );
}

const rowTones = {
  critical:
    "md:[&>td:first-child]:shadow-[inset_3px_0_var(--critical)] max-md:shadow-[inset_3px_0_var(--critical)]",
  warning:
    "md:[&>td:first-child]:shadow-[inset_3px_0_var(--warning-fill)] max-md:shadow-[inset_3px_0_var(--warning-fill)]",
  notice:
    "md:[&>td:first-child]:shadow-[inset_3px_0_var(--notice)] max-md:shadow-[inset_3px_0_var(--notice)]",
};

function cellClass<Row>(column: Column<Row>, isTitle: boolean): string {
  return classNames(
    "px-2 py-0.5 align-middle max-md:p-0 md:h-row md:border-b md:border-line",
    column.align === "end" && "whitespace-nowrap md:text-right",
    column.from && fromWidth[column.from],
    phonePlaces[isTitle ? "title" : (column.phone ?? "detail")],
  );
}

const phonePlaces = {
  title: "max-md:min-w-0 max-md:flex-1 max-md:order-1",
  value: "max-md:order-2",
  detail:
    "max-md:order-4 max-md:text-12 max-md:text-muted max-md:before:content-[attr(data-label)] max-md:before:mr-1 max-md:empty:hidden",
  hidden: "max-md:hidden",
};
const fromWidth = {
  lg: "md:max-lg:hidden",
  xl: "md:max-xl:hidden",
  "2xl": "md:max-2xl:hidden",
};
