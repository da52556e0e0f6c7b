import type { SessionState } from "@/lib/auth/session-state";

/** Asks the server how the session stands; that is no use of it. Undefined when it does not answer. */
export async function askSession(): Promise<SessionState | undefined> {
  try {
    const response = await fetch("/api/session", { cache: "no-store" });
    return response.ok ? stateIn(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

function stateIn(said: unknown): SessionState | undefined {
  if (typeof said !== "object" || said === null || !("state" in said)) return undefined;
  if (said.state === "locked" || said.state === "over") return { state: said.state };
  if (said.state !== "open" || !("lockInMs" in said) || typeof said.lockInMs !== "number") return undefined;
  return { state: "open", lockInMs: said.lockInMs };
}
