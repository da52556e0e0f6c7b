import pino from "pino";
import { env } from "@/lib/config/env";
import { type LogFields, redactFields } from "@/lib/telemetry/redact";

/** Writes JSON lines to standard error. Messages are static text; whatever varies goes into fields, which are redacted. */
export type Log = {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
};

/** The log of one part of the product (`worker`, `ingest`, …); level from LOG_LEVEL. */
export function logFor(part: string): Log {
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}) => {
      destination()[level]({ part, ...redactFields(fields) }, message);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

let shared: pino.Logger | undefined;

function destination(): pino.Logger {
  // Standard output stays free for what commands print with --json.
  shared ??= pino(
    { level: env().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  return shared;
}
