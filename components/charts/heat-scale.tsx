import { formatCount } from "../ui/format-number";

/** The legend of a heatmap: pale is few, deep is many, on a log scale. */
export function HeatScale({ max }: { readonly max: number }) {
  return (
    <p className="flex items-center gap-1.5 text-12 text-muted">
      1
      <span aria-hidden className="inline-flex">
        {[1, 2, 3, 4, 5, 6].map((level) => (
          <span key={level} className="h-3 w-4" style={{ background: `var(--heat-${level})` }} />
        ))}
      </span>
      {formatCount(Math.max(1, max))} messages a cell
    </p>
  );
}
