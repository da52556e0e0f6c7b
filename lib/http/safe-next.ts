/**
 * A place of this product to go on to, or "/". Only paths count: `//host`, `/\host` and schemes would lead elsewhere.
 */
export function safeNext(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith("/")) return "/";
  const base = "http://signalbox.invalid";
  if (!URL.canParse(wanted, base)) return "/";
  const url = new URL(wanted, base);
  return url.origin === base && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}

/** The address of a page that leads on to `next` afterwards. */
export function withNext(place: string, next: string): string {
  return next === "/" ? place : `${place}?next=${encodeURIComponent(next)}`;
}
