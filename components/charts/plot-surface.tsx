"use client";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { columnAt, type PlotArea, xOf } from "./plot-area";

/** A place on a chart: bucket number from the left and, where there are rows, row number from the bottom. */
export type ChartCursor = { readonly column: number; readonly row: number };

export type PlotSurfaceProps = {
  /** Spoken name, with what the keys do. */
  readonly label: string;
  readonly plot: PlotArea;
  readonly edges: readonly number[];
  /** Rows from bottom to top; 1 for charts without rows. */
  readonly rowCount?: number;
  readonly cursor: ChartCursor | undefined;
  readonly onCursor: (cursor: ChartCursor | undefined) => void;
  /** Click, tap on the cursor, or Enter. */
  readonly onOpen?: ((cursor: ChartCursor) => void) | undefined;
  /** Dragging, or Shift with the arrow keys and Enter. */
  readonly onZoom: (range: { readonly fromMs: number; readonly toMs: number }) => void;
  /** The figures under the cursor as a sentence, spoken when keys move it. */
  readonly sentenceFor: (cursor: ChartCursor) => string;
};

type Span = { readonly anchor: number; readonly head: number };

/** The invisible button over a plot: hover, click, drag and keys mean the same on every chart. */
export function PlotSurface(props: PlotSurfaceProps) {
  const { label, plot, edges, onCursor } = props;
  const [span, setSpan] = useState<Span>();
  const [spoken, setSpoken] = useState("");
  const pointer = usePointer(props, setSpan);
  const zoom = (chosen: Span) => {
    setSpan(undefined);
    zoomTo(chosen, props);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { cursor, onOpen } = props;
    const step = steps[event.key];
    if (event.key === "Escape" && span) setSpan(undefined);
    else if (event.key === "Enter" && span) zoom(span);
    else if (event.key === "Enter" && cursor) onOpen?.(cursor);
    else if (step) {
      const next = moved(cursor, step, props);
      const anchor = span?.anchor ?? cursor?.column ?? next.column;
      onCursor(next);
      setSpan(event.shiftKey ? { anchor, head: next.column } : undefined);
      setSpoken(props.sentenceFor(next));
    } else return;
    event.preventDefault();
  };
  return (
    <>
      {span ? <SpanShade span={span} plot={plot} edges={edges} /> : null}
      <button
        type="button"
        aria-label={label}
        className="absolute cursor-crosshair touch-pan-y"
        style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
        data-busy={span ? "" : undefined}
        onKeyDown={onKeyDown}
        onBlur={() => onCursor(undefined)}
        {...pointer}
      />
      <output className="sr-only" aria-live="polite">
        {spoken}
      </output>
    </>
  );
}

/** Hover shows, click opens, dragging marks a span and zooms to it on release. */
function usePointer(props: PlotSurfaceProps, setSpan: (span: Span | undefined) => void) {
  const { cursor, onCursor, onOpen } = props;
  const dragFrom = useRef<{ readonly x: number; readonly column: number }>(undefined);
  const spanTo = (event: PointerEvent, place: ChartCursor): Span | undefined => {
    const start = dragFrom.current;
    if (!start || Math.abs(event.nativeEvent.offsetX - start.x) <= DRAG_PX) return undefined;
    return { anchor: start.column, head: place.column };
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      dragFrom.current = { x: event.nativeEvent.offsetX, column: placeOf(event, props).column };
    },
    onPointerMove: (event: PointerEvent) => {
      const place = placeOf(event, props);
      const span = spanTo(event, place);
      if (span) setSpan(span);
      if (event.pointerType !== "touch" && !isSame(place, cursor)) onCursor(place);
    },
    onPointerUp: (event: PointerEvent) => {
      if (!dragFrom.current || event.button !== 0) return;
      const place = placeOf(event, props);
      const span = spanTo(event, place);
      dragFrom.current = undefined;
      setSpan(undefined);
      if (span) zoomTo(span, props);
      // On a touch screen the first tap shows the figures, a second one opens them.
      else if (event.pointerType === "touch" && !isSame(place, cursor)) onCursor(place);
      else onOpen?.(place);
    },
    onPointerCancel: () => {
      dragFrom.current = undefined;
      setSpan(undefined);
    },
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "touch") onCursor(undefined);
    },
  };
}

function zoomTo({ anchor, head }: Span, { edges, onZoom }: PlotSurfaceProps): void {
  const [fromMs, toMs] = [edges[Math.min(anchor, head)], edges[Math.max(anchor, head) + 1]];
  if (fromMs !== undefined && toMs !== undefined) onZoom({ fromMs, toMs });
}

const DRAG_PX = 6;
const steps: Readonly<Record<string, { readonly column: number; readonly row: number }>> = {
  ArrowLeft: { column: -1, row: 0 },
  ArrowRight: { column: 1, row: 0 },
  ArrowUp: { column: 0, row: 1 },
  ArrowDown: { column: 0, row: -1 },
  PageUp: { column: -10, row: 0 },
  PageDown: { column: 10, row: 0 },
  Home: { column: Number.NEGATIVE_INFINITY, row: 0 },
  End: { column: Number.POSITIVE_INFINITY, row: 0 },
};

function SpanShade({ span, plot, edges }: { span: Span; plot: PlotArea; edges: readonly number[] }) {
  const left = xOf(edges[Math.min(span.anchor, span.head)] ?? 0, { edges, plot });
  const right = xOf(edges[Math.max(span.anchor, span.head) + 1] ?? 0, { edges, plot });
  return (
    <div
      aria-hidden
      className="absolute border-x border-accent bg-accent/15"
      style={{ left, width: right - left, top: plot.top, height: plot.height }}
    />
  );
}

function placeOf(event: PointerEvent, { plot, edges, rowCount = 1 }: PlotSurfaceProps): ChartCursor {
  const { offsetX, offsetY } = event.nativeEvent;
  const row = Math.floor((1 - offsetY / plot.height) * rowCount);
  return { column: columnAt(offsetX + plot.left, { edges, plot }), row: clamp(row, rowCount) };
}

function moved(
  cursor: ChartCursor | undefined,
  step: ChartCursor,
  { edges, rowCount = 1 }: PlotSurfaceProps,
) {
  const columns = edges.length - 1;
  // The first key press lands on the newest bucket, where a person usually looks first.
  const from = cursor ?? { column: step.column === 1 ? -1 : columns, row: Math.floor(rowCount / 2) };
  return { column: clamp(from.column + step.column, columns), row: clamp(from.row + step.row, rowCount) };
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}

function isSame(a: ChartCursor, b: ChartCursor | undefined): boolean {
  return b !== undefined && a.column === b.column && a.row === b.row;
}
