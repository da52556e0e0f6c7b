import { AppError, type ErrorCode } from "@/lib/core/errors";
import type { HttpAnswer } from "../http/request";
import { type SocketTrouble, troubleOfSocket } from "../http/socket-trouble";
import type { EngineCall } from "./calls";

/** Why an engine could not be read; `info.kind` of the client's errors. */
export type Trouble =
  | SocketTrouble
  | "wrong_password"
  | "forbidden"
  | "bad_request"
  | "not_found"
  | "not_acceptable"
  | "html"
  | "gateway"
  | "engine_error"
  | "redirect";

/**
 * The body of a good answer; undefined for 204. Errors of the engine are HTML or a Java stack trace, whatever was asked
 * for, so the status decides and the body is not looked into.
 */
export function judgeAnswer({ status, contentType, body }: HttpAnswer, call: EngineCall): string | undefined {
  if (status === 204) return undefined;
  const isHtml = contentType.includes("html") || /^\s*<(?:!doctype html|html)/i.test(body);
  if (status === 200 && !isHtml) return body;
  const { kind, code } = troubleOf(status, isHtml);
  throw troubled({ code, kind, call, status });
}

/** The error for a call that got no answer at all. */
export function unreachable(error: unknown, call: EngineCall): AppError {
  return troubled({ code: "source_unreachable", kind: troubleOfSocket(error), call, cause: error });
}

const messages: Readonly<Record<"source_unreachable" | "source_refused" | "source_protocol", string>> = {
  source_unreachable: "The engine cannot be reached.",
  source_refused: "The engine refuses this account.",
  source_protocol: "The engine answers otherwise than a Mirth-family engine does.",
};

function troubled(what: {
  readonly code: keyof typeof messages;
  readonly kind: Trouble;
  readonly call: EngineCall;
  readonly status?: number;
  readonly cause?: unknown;
}): AppError {
  const { code, kind, call, status, cause } = what;
  return new AppError(code satisfies ErrorCode, messages[code], {
    cause,
    info: { kind, call: call.name, ...(status === undefined ? {} : { status }) },
  });
}

function troubleOf(
  status: number,
  isHtml: boolean,
): { readonly kind: Trouble; readonly code: keyof typeof messages } {
  if (status === 401) return { kind: "wrong_password", code: "source_refused" };
  if (status === 403) return { kind: "forbidden", code: "source_refused" };
  if (status === 400) return { kind: "bad_request", code: "source_protocol" };
  if (status === 404) return { kind: "not_found", code: "source_protocol" };
  if (status === 406) return { kind: "not_acceptable", code: "source_protocol" };
  if (status >= 502 && status <= 504) return { kind: "gateway", code: "source_unreachable" };
  if (status >= 500) return { kind: "engine_error", code: "source_protocol" };
  if (status >= 300 && status < 400) return { kind: "redirect", code: "source_protocol" };
  return { kind: isHtml ? "html" : "bad_request", code: "source_protocol" };
}
