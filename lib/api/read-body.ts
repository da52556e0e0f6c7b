import { AppError } from "@/lib/core/errors";

export type BodyLimits = {
  readonly maxBodyBytes: number;
  /** Over all requests of this process: bodies being received or stored. */
  readonly maxInFlightBytes: number;
  readonly maxBodyMs: number;
};

/** 5,000 items of 3 kB; five such bodies at once, with what they become while they are stored, fit a small server. */
export const defaultBodyLimits: BodyLimits = {
  maxBodyBytes: 16 * 1024 ** 2,
  maxInFlightBytes: 80 * 1024 ** 2,
  maxBodyMs: 30_000,
};

/**
 * Runs `work` with the bytes of a body. They count as in flight until `work` is done, so that a process that falls
 * behind refuses instead of growing.
 * @throws AppError too_large | overloaded (too much in flight) | bad_request (too slow, broken off)
 */
export function bodyReader(limits: BodyLimits) {
  let inFlightBytes = 0;
  return async <T>(request: Request, work: (body: Buffer) => Promise<T>): Promise<T> => {
    const announced = announcedBytes(request.headers) ?? limits.maxBodyBytes;
    if (announced > limits.maxBodyBytes) throw tooLarge(limits);
    if (inFlightBytes + announced > limits.maxInFlightBytes) {
      throw new AppError("overloaded", "There is too much waiting to be stored. Send it again shortly.", {
        info: { retryAfterS: 1 },
      });
    }
    inFlightBytes += announced;
    try {
      return await work(await readInTime(request, limits));
    } finally {
      inFlightBytes -= announced;
    }
  };
}

function announcedBytes(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}

async function readInTime(request: Request, limits: BodyLimits): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const tooSlow = AbortSignal.timeout(limits.maxBodyMs);
  const cancel = () => void reader.cancel().catch(() => undefined);
  tooSlow.addEventListener("abort", cancel, { once: true });
  try {
    const bytes = await readBytes(reader, limits);
    if (tooSlow.aborted) throw new AppError("bad_request", "The body did not arrive in time.");
    return bytes;
  } catch (error) {
    // Without its cause: a broken socket of the client's has the same codes as one of the database's.
    throw error instanceof AppError ? error : new AppError("bad_request", "The body broke off.");
  } finally {
    tooSlow.removeEventListener("abort", cancel);
  }
}

async function readBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits: BodyLimits,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.length;
    if (length > limits.maxBodyBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(limits);
    }
    chunks.push(value);
  }
}

function tooLarge({ maxBodyBytes }: BodyLimits): AppError {
  return new AppError("too_large", "The body is too large. Send smaller batches.", {
    info: { maxBodyBytes },
  });
}
