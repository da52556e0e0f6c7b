import Link from "next/link";
import type { ReactNode } from "react";

export type Crumb = { readonly label: string; readonly href: string };
export type PageHeaderProps = {
  /** The page's one h1: a name, or a sentence that answers the page's question. */
  readonly title: ReactNode;
  /** Where this page hangs, outermost first, without the page itself. */
  readonly crumbs?: readonly Crumb[];
  /** Under the title: owner, sender → receiver, since when. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
};

/** The head of a page. */
export function PageHeader({ title, crumbs = [], meta, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 pb-4">
      <div className="min-w-0">
        {crumbs.length > 0 ? (
          <nav aria-label="Breadcrumb" className="mb-0.5 text-12 text-muted">
            {crumbs.map((crumb, i) => (
              <span key={crumb.href}>
                {i === 0 ? null : (
                  <span aria-hidden className="mx-1.5">
                    /
                  </span>
                )}
                <Link href={crumb.href} prefetch={false} className="hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
              </span>
            ))}
          </nav>
        ) : null}
        <h1 className="text-20 font-semibold leading-snug">{title}</h1>
        {meta ? <div className="mt-0.5 text-muted">{meta}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
