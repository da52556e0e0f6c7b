import { randomUUID } from "node:crypto";
import { asAppError } from "@/lib/api/problem";
import { currentActor } from "@/lib/auth/current-actor";
import type { Actor } from "@/lib/core/authz/actor";
import type { ErrorCode } from "@/lib/core/errors";
import { logFor } from "@/lib/telemetry/log";

/** What a form is told. `fields` names the fields that were refused, never their values. */
export type ActionResult<Result> =
  | { readonly ok: true; readonly result: Result }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly fields: readonly string[];
      readonly requestId: string;
      /** A fresh factor is asked for, and only a passkey will do. */
      readonly isPasskeyAsked: boolean;
    };

/**
 * A server action from a command or query: the actor comes from the session, errors become a result that a form can
 * show. Next itself refuses actions from another origin.
 */
export function action<Result>(
  verb: (actor: Actor, rawInput: unknown) => Promise<Result>,
): (rawInput: unknown) => Promise<ActionResult<Result>> {
  return (rawInput) => settle(async () => verb(await currentActor(), rawInput));
}

/** The same for the few verbs that act before anybody has signed in. */
export async function settle<Result>(work: () => Promise<Result>): Promise<ActionResult<Result>> {
  const requestId = randomUUID();
  try {
    return { ok: true, result: await work() };
  } catch (error) {
    const { code, message, info } = asAppError(error);
    if (code === "internal") log.error("An action failed.", { requestId, error });
    const named = typeof info["fields"] === "string" ? info["fields"].split("; ") : [];
    const fields = named.map((field) => field.split(":")[0] ?? field);
    return { ok: false, code, message, fields, requestId, isPasskeyAsked: info["factor"] === "passkey" };
  }
}

const log = logFor("action");
