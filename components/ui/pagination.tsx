import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "./button";

export type PaginationProps = {
  /** What is paged, for the spoken name: "messages". */
  readonly of: string;
  readonly newerHref?: string | undefined;
  readonly olderHref?: string | undefined;
  /** Whether the list is sorted newest first. Default: true. */
  readonly isByTime?: boolean;
  /** "50 of about 1.2 million" or similar; keyset paging knows no page numbers. */
  readonly children?: ReactNode;
};

/** Newer and older by keyset: as fast on the last page as on the first. */
export function Pagination({ of, newerHref, olderHref, isByTime = true, children }: PaginationProps) {
  if (!newerHref && !olderHref && !children) return null;
  return (
    <nav aria-label={`Pages of ${of}`} className="flex flex-wrap items-center gap-2 py-2">
      <PageLink href={newerHref} rel="prev">
        <ChevronLeft aria-hidden /> {isByTime ? "Newer" : "Previous"}
      </PageLink>
      <PageLink href={olderHref} rel="next">
        {isByTime ? "Older" : "Next"} <ChevronRight aria-hidden />
      </PageLink>
      {children ? <span className="ml-1 text-muted">{children}</span> : null}
    </nav>
  );
}

function PageLink({ href, rel, children }: PageLinkProps) {
  if (href) {
    return (
      <LinkButton href={href} rel={rel}>
        {children}
      </LinkButton>
    );
  }
  return (
    <span
      aria-disabled
      className="inline-flex h-control items-center gap-1.5 rounded-sm border border-line px-2.5 text-muted [&_svg]:size-4"
    >
      {children}
    </span>
  );
}
type PageLinkProps = {
  readonly href: string | undefined;
  readonly rel: "prev" | "next";
  readonly children: ReactNode;
};
