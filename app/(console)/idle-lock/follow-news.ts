/** Listens, while it should, to what the server tells of this session by itself. */
export function followNews(changed: () => void): { readonly listen: (isWanted: boolean) => void } {
  let stream: EventSource | undefined;
  return {
    listen: (isWanted) => {
      // A stream that the server refused is closed for good: the next wish opens another.
      if (stream !== undefined && (!isWanted || stream.readyState === EventSource.CLOSED)) {
        stream.close();
        stream = undefined;
      }
      if (!isWanted || stream !== undefined) return;
      stream = new EventSource("/api/session/stream");
      stream.addEventListener("changed", changed);
    },
  };
}
