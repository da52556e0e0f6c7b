/** Every way in which the product says no. Decide on the code, never on the message. */
export const errorCodes = [
  "bad_request",
  "unauthenticated",
  "forbidden",
  "step_up_required",
  "not_found",
  "conflict",
  "too_large",
  "unsupported_media_type",
  "rate_limited",
  "overloaded",
  "source_unreachable",
  "source_refused",
  "source_protocol",
  "not_available",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

type AppErrorOptions = {
  readonly cause?: unknown;
  /** Facts for the caller and the log. Never patient data. */
  readonly info?: Readonly<Record<string, string | number | boolean>>;
};

/** The one error of the product: a code, a static message without data, and facts beside it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly info: Readonly<Record<string, string | number | boolean>>;
  /** All that a page which failed is told in the browser; where it is undefined, the framework puts a number for the log. */
  readonly digest: "forbidden" | "step_up_required" | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.info = options.info ?? {};
    this.digest = code === "forbidden" || code === "step_up_required" ? code : undefined;
  }
}
