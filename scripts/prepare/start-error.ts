import { ConfigurationError } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";

/** The product cannot start; the message tells the person at the terminal why and what to do. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StartError";
  }
}

/** What to print about a failed start: a sentence for what we foresaw, everything for what we did not. */
export function explainFailure(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigurationError) return error.message;
  const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : "";
  if (error instanceof EmbeddedDatabaseError) return error.message + cause;
  if (error instanceof AppError) {
    const facts = Object.entries(error.info).map(([name, value]) => `${name}: ${value}`);
    return [error.message, ...facts].join("\n") + cause;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
