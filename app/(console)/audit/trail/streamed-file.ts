type StreamedFile = {
  /** Letters, digits, dots and dashes only. */
  readonly name: string;
  readonly type: string;
  readonly parts: AsyncIterable<string>;
};

/** A file to be saved that is made while it is taken off. One that breaks off is a failed download, not a short file. */
export function streamedFile({ name, type, parts }: StreamedFile): Response {
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
