import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Segment<Value extends string> = { readonly value: Value; readonly label: ReactNode };

/**
 * A few choices side by side, as radio buttons: in a form give `name` and `defaultValue`,
 * in a client component give `value` and `onChange`.
 */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { legend, name, segments, value, defaultValue, onChange } = props;
  return (
    <fieldset className="inline-flex max-w-full">
      <legend className="sr-only">{legend}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={classNames(
            segmentClass,
            "cursor-pointer has-checked:border-accent has-checked:bg-accent-tint has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent",
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={segment.value}
            {...(value === undefined
              ? { defaultChecked: segment.value === defaultValue }
              : { checked: segment.value === value })}
            onChange={onChange ? () => onChange(segment.value) : undefined}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
export type SegmentedControlProps<Value extends string> = {
  /** Spoken name of the group. */
  readonly legend: string;
  readonly name: string;
  readonly segments: readonly Segment<Value>[];
  readonly value?: Value;
  readonly defaultValue?: Value;
  readonly onChange?: (value: Value) => void;
};

/** The same look for choices that live in the URL: each segment is a link. They wrap where there is no room for all. */
export function SegmentedLinks({ label, segments, current }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-y-1">
      {segments.map((segment) => (
        <Link
          key={segment.value}
          href={segment.href}
          prefetch={false}
          scroll={false}
          aria-current={segment.value === current ? "true" : undefined}
          className={classNames(
            segmentClass,
            "max-w-full",
            segment.value === current && "border-accent bg-accent-tint text-ink",
          )}
        >
          <span className="truncate">{segment.label}</span>
        </Link>
      ))}
    </nav>
  );
}
export type SegmentedLinksProps = {
  readonly label: string;
  readonly segments: readonly (Segment<string> & { readonly href: string })[];
  readonly current: string;
};

const segmentClass =
  "relative -ml-px inline-flex h-control min-w-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap border border-line-strong bg-raised px-2.5 text-body text-muted first:ml-0 first:rounded-l-sm last:rounded-r-sm hover:bg-hover hover:text-ink has-checked:z-1 aria-[current]:z-1";
