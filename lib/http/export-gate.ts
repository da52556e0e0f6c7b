import type { Handler } from "@/lib/api/handler";
import { AppError } from "@/lib/core/errors";

/** How many files a web process makes at once, and for how long at most. */
const limits = { atOnce: 4, maxMs: 10 * 60_000 } as const;

/**
 * Lets a few exports of a kind run at once. Whoever comes when all places are taken is told to come back, so that no
 * number of downloads takes the database away from the pages. A place is free again when the file has been taken off,
 * when the client went away, or when its time is over: then the download breaks off.
 * @throws AppError overloaded
 */
export function exportGate({ atOnce, maxMs }: { readonly atOnce: number; readonly maxMs: number }) {
  let running = 0;
  return (handler: Handler): Handler =>
    async (request) => {
      if (running >= atOnce) {
        throw new AppError("overloaded", "Other files are being made. Try again in a moment.", {
          info: { retryAfterS: 5 },
        });
      }
      running += 1;
      const leave = once(() => {
        running -= 1;
      });
      try {
        return whenTaken(await handler(request), { leave, maxMs });
      } catch (error) {
        leave();
        throw error;
      }
    };
}

/** The one gate before all files that pages offer. */
export const throughExportGate = exportGate(limits);

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

/** The same answer; `leave` is called when its body has been taken off, or will never be. */
function whenTaken(
  response: Response,
  { leave, maxMs }: { readonly leave: () => void; readonly maxMs: number },
): Response {
  if (response.body === null) {
    leave();
    return response;
  }
  const reader = response.body.getReader();
  const tooLong = setTimeout(
    () =>
      void reader
        .cancel()
        .catch(() => undefined)
        .finally(end),
    maxMs,
  ).unref();
  const end = () => {
    clearTimeout(tooLong);
    leave();
  };
  const startedAtMs = performance.now();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (performance.now() - startedAtMs >= maxMs)
          throw new AppError("overloaded", "The file took too long.");
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: async (reason) => {
      end();
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
