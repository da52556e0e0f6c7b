import { classNames } from "./class-names";

/** A grey stand-in of the final shape; size it with classes ("h-4 w-24"). Pulses only where motion is welcome. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "block rounded-sm bg-sunken motion-safe:animate-pulse",
        className ?? "h-4 w-full",
      )}
    />
  );
}

/** Rows of a table that is on its way, at the height the rows will have. */
export function SkeletonRows({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">Loading</span>
      {rowWidths(rows).map(({ key, width }) => (
        <div key={key} className="flex h-row items-center gap-4">
          <Skeleton className="h-3 w-3 rounded-full" />
          <Skeleton className={classNames("h-3", width)} />
          <Skeleton className="ml-auto h-3 w-16" />
          <Skeleton className="h-3 w-12" />
        </div>
      ))}
    </div>
  );
}

function rowWidths(rows: number) {
  const widths = ["w-48", "w-64", "w-40", "w-56"];
  return Array.from({ length: rows }, (_, row) => ({
    key: `row-${row}`,
    width: widths[row % widths.length],
  }));
}
