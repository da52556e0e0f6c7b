import type { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { type Permission, type Reach, reachOf } from "@/lib/core/authz/policy";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { type AuditNote, authorise, leafFor, parseInput } from "./command";
import { sealPatients } from "./seal-patients";

type QueryContext<Input> = {
  readonly actor: Actor;
  readonly input: Input;
  readonly now: Date;
  /** The departments whose interfaces may be read: statements take it, so that nothing else is ever fetched. */
  readonly reach: Reach;
};

/**
 * Whether an answer discloses patient data: `false`, or what the audit trail says of the disclosure. It is written
 * and committed before the answer is given.
 */
type Disclosure<Input> =
  | false
  | ((input: Input, scope: { readonly reach: Reach }) => AuditNote | Promise<AuditNote>);

type QuerySpec<Schema extends z.ZodType, Result> = {
  readonly permission: Permission;
  readonly input: Schema;
  readonly run: (context: QueryContext<z.output<Schema>>) => Promise<Result>;
  readonly disclosesPhi: Disclosure<z.output<Schema>>;
};

/**
 * The only way to read: authorise, parse, audit what is disclosed, run.
 * @throws AppError forbidden | bad_request | whatever `run` throws
 */
export function query<Schema extends z.ZodType, Result>(
  spec: QuerySpec<Schema, Result>,
): (actor: Actor, rawInput: unknown) => Promise<Result> {
  return async (actor, rawInput) => {
    await authorise({ actor, permission: spec.permission });
    const input = parseInput(spec.input, rawInput);
    const now = new Date();
    const reach = reachOf(actor, spec.permission);
    if (spec.disclosesPhi !== false) {
      const note = await spec.disclosesPhi(input, { reach });
      await inTransaction(async (tx) => {
        const sealed = await sealPatients(tx, note, now);
        const { permission } = spec;
        await appendAudit(tx, leafFor({ actor, permission, now, note: sealed, outcome: "success" }));
      });
    }
    return spec.run({ actor, input, now, reach });
  };
}
