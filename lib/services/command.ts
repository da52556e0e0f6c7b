import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { waitsForPasskey } from "@/lib/core/authz/administrator-proof";
import { can, type Permission, type Reach, reachOf } from "@/lib/core/authz/policy";
import { isFactorFresh } from "@/lib/core/authz/step-up";
import { AppError } from "@/lib/core/errors";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import type { AuditNote } from "./audit-note";
import { sealPatients } from "./seal-patients";

export type { AuditNote } from "./audit-note";

export type CommandContext<Input> = {
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly input: Input;
  readonly now: Date;
  /** The departments whose interfaces may be changed. */
  readonly reach: Reach;
};

type CommandSpec<Schema extends z.ZodType, Result> = {
  readonly permission: Permission;
  readonly input: Schema;
  /** Whether people must have proved their second factor within five minutes, or for which input. Default: no. */
  readonly stepUp?: true | ((input: z.output<Schema>) => boolean);
  readonly run: (context: CommandContext<z.output<Schema>>) => Promise<Result>;
  readonly audit: (done: { readonly input: z.output<Schema>; readonly result: Result }) => AuditNote;
};

export type Command<Result> = (actor: Actor, rawInput: unknown) => Promise<Result>;

/**
 * The only way to change anything: authorise, parse, ask for a fresh second factor where the act needs one, open a transaction, run, write the audit line in the same
 * transaction, commit. A refusal is audited too.
 * @throws AppError forbidden | bad_request | step_up_required | whatever `run` throws
 */
export function command<Schema extends z.ZodType, Result>(
  spec: CommandSpec<Schema, Result>,
): Command<Result> {
  return async (actor, rawInput) => {
    await authorise({ actor, permission: spec.permission });
    const input = parseInput(spec.input, rawInput);
    if (needsStepUp(spec.stepUp, input)) await requireStepUp({ actor, permission: spec.permission });
    return inTransaction(async (tx) => {
      const now = new Date();
      const result = await spec.run({ tx, actor, input, now, reach: reachOf(actor, spec.permission) });
      const note = await sealPatients(tx, spec.audit({ input, result }), now);
      await appendAudit(tx, leafFor({ actor, permission: spec.permission, now, note, outcome: "success" }));
      return result;
    });
  };
}

/** Lets the actor through, or audits the denial and throws. @throws AppError forbidden | step_up_required where a passkey alone is missing */
export async function authorise(ask: {
  readonly actor: Actor;
  readonly permission: Permission;
}): Promise<void> {
  if (can(ask.actor, ask.permission)) return;
  const note: AuditNote = { action: "E", entityType: "permission", entityId: ask.permission };
  await inTransaction((tx) => appendAudit(tx, leafFor({ ...ask, now: new Date(), note, outcome: "denied" })));
  if (ask.actor.kind === "user" && waitsForPasskey(ask.actor, ask.permission)) throw askPasskey();
  throw new AppError("forbidden", "You do not have the right to do this.", {
    info: { permission: ask.permission },
  });
}

function askPasskey(): AppError {
  return new AppError(
    "step_up_required",
    "Administrators prove themselves by a passkey or security key for this.",
    { info: { factor: "passkey" } },
  );
}

function needsStepUp<Input>(stepUp: true | ((input: Input) => boolean) | undefined, input: Input): boolean {
  return typeof stepUp === "function" ? stepUp(input) : stepUp === true;
}

async function requireStepUp(ask: { readonly actor: Actor; readonly permission: Permission }): Promise<void> {
  const now = new Date();
  if (isFactorFresh(ask.actor, now)) return;
  const note: AuditNote = { action: "E", entityType: "step-up", entityId: ask.permission };
  await inTransaction((tx) => appendAudit(tx, leafFor({ ...ask, now, note, outcome: "denied" })));
  throw new AppError("step_up_required", "Give your second factor again to do this.");
}

/** Checks what came from outside. @throws AppError bad_request naming the fields, never their values */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.code}`);
  throw new AppError("bad_request", "Some fields are missing or not valid.", {
    info: { fields: [...new Set(fields)].slice(0, 20).join("; ") },
  });
}

/** The audit line of an act. */
export function leafFor(act: {
  readonly actor: Actor;
  readonly permission: Permission;
  readonly now: Date;
  readonly note: AuditNote;
  readonly outcome: "success" | "denied" | "failure";
}) {
  return {
    at: act.now,
    actorKind: act.actor.kind,
    actorId: actorId(act.actor),
    action: act.note.action,
    permission: act.permission,
    entityType: act.note.entityType,
    entityId: act.note.entityId,
    outcome: act.outcome,
    detail: act.note.detail ?? {},
    requestId: randomUUID(),
  };
}
