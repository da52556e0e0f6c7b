import { type ReactNode, useId } from "react";
import { EmptyState } from "./empty-state";
import { Lamp, type LampState } from "./lamp";
import { RetryButton } from "./retry-button";
import { SkeletonRows } from "./skeleton";

/** The states every panel can be in. `partial` and `stale` show the content with a note; the others stand in its place. */
export type PanelState =
  | { readonly kind: "ready" }
  | { readonly kind: "loading"; readonly skeleton?: ReactNode }
  | { readonly kind: "empty"; readonly title: string; readonly why?: ReactNode; readonly next?: ReactNode }
  | { readonly kind: "no-source"; readonly why?: ReactNode; readonly next?: ReactNode }
  /** Data ends before the range does: "10:42" or "Tue 24 Nov 10:42", with the reason. */
  | { readonly kind: "partial"; readonly completeTo: string; readonly why?: ReactNode }
  /** Nothing new has come in since: the figures are old. */
  | { readonly kind: "stale"; readonly since: string; readonly why?: ReactNode }
  | { readonly kind: "error"; readonly title: string; readonly why?: ReactNode; readonly requestId?: string };

export type PanelProps = {
  readonly title: ReactNode;
  /** One line under the title: what is counted, in which unit, over which legs. */
  readonly hint?: ReactNode;
  /** Right of the title: toggles, links, CSV. */
  readonly actions?: ReactNode;
  readonly state?: PanelState;
  readonly children?: ReactNode;
};

/** A titled part of a page with its state. A hairline on top, no card: tables and charts carry the page. */
export function Panel({ title, hint, actions, state = { kind: "ready" }, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 border-t border-line pt-3">
      <header className="mb-2 flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div>
          <h2 id={id} className="text-14 font-semibold">
            {title}
          </h2>
          {hint ? <p className="text-12 text-muted">{hint}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      <PanelBody state={state}>{children}</PanelBody>
    </section>
  );
}

/** The body alone, for places that bring their own heading. */
export function PanelBody({ state, retry, children }: PanelBodyProps) {
  switch (state.kind) {
    case "ready":
      return children;
    case "loading":
      return state.skeleton ?? <SkeletonRows />;
    case "empty":
      return (
        <EmptyState title={state.title} actions={state.next}>
          {state.why}
        </EmptyState>
      );
    case "no-source":
      return (
        <EmptyState title="No source feeds this yet." lamp="unknown" actions={state.next}>
          {state.why ?? "Connect an engine that carries these messages, and they appear within a minute."}
        </EmptyState>
      );
    case "partial":
      return (
        <>
          <PanelNote lamp="notice">
            Complete to {state.completeTo}.{state.why ? <> {state.why}</> : null}
          </PanelNote>
          {children}
        </>
      );
    case "stale":
      return (
        <>
          <PanelNote lamp="warning">
            No news since {state.since}; figures may be out of date.{state.why ? <> {state.why}</> : null}
          </PanelNote>
          {children}
        </>
      );
    case "error":
      return (
        <div role="alert">
          <EmptyState
            title={state.title}
            lamp="critical"
            actions={<RetryButton {...(retry ? { retry } : {})} />}
          >
            {state.why}
            {state.requestId ? (
              <p>
                Request <code className="font-mono text-12">{state.requestId}</code>
              </p>
            ) : null}
          </EmptyState>
        </div>
      );
  }
}

export type PanelBodyProps = {
  readonly state: PanelState;
  /** How to try again, in client components such as error boundaries; otherwise the server is asked for the page again. */
  readonly retry?: () => void;
  readonly children?: ReactNode;
};

function PanelNote({ lamp, children }: { readonly lamp: LampState; readonly children: ReactNode }) {
  return (
    <p className="mb-2 flex items-start gap-2 text-12 text-muted">
      <Lamp state={lamp} className="mt-px" />
      <span>{children}</span>
    </p>
  );
}
