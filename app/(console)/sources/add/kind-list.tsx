import Link from "next/link";
import { classNames } from "@/components/ui/class-names";

type Kind = { readonly kind: string; readonly title: string };

/** Every kind of source as a link: beside the form where there is room, above it otherwise. */
export function KindList({ kinds, current }: { readonly kinds: readonly Kind[]; readonly current: string }) {
  return (
    <nav aria-label="Kind of source" className="lg:w-64 lg:shrink-0">
      <ul className="flex flex-col">
        {kinds.map(({ kind, title }) => (
          <li key={kind}>
            <Link
              href={`/sources/add?kind=${encodeURIComponent(kind)}`}
              prefetch={false}
              scroll={false}
              aria-current={kind === current ? "page" : undefined}
              className={classNames(
                "flex min-h-8 items-center border-l-2 px-2.5 no-underline",
                kind === current
                  ? "border-accent bg-raised font-medium text-ink"
                  : "border-line text-muted hover:bg-hover hover:text-ink",
              )}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
