/*
 * What was typed into the palette, on its way to the search page. It may be a patient's number, so it travels in this
 * page's memory and then in a request body: never in an address, a cookie or the browser's storage.
 */
let pending: string | undefined;
const listeners = new Set<() => void>();

/** Leaves a text for the search page. */
export function leaveSearch(text: string): void {
  pending = text;
  for (const listener of listeners) listener();
}

/** Takes the text that was left, once. */
export function takeSearch(): string | undefined {
  const text = pending;
  pending = undefined;
  return text;
}

/** Calls back whenever a text is left; answers with the way to stop that. */
export function onSearchLeft(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
