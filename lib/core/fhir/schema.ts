import { z } from "zod";
import { auditActions } from "../message/schema";
import { outcomesOf, permissionsOfType } from "./audit-codes";
import { type FeedPlace, parseFeedPlace } from "./audit-place";
import { dateInterval } from "./date-interval";

/** A search for audit events (ITI-81), ready to be asked. Absent = any. */
export type AuditSearch = {
  readonly range: { readonly from: Date; readonly to: Date };
  readonly action?: string;
  readonly outcomes?: readonly string[];
  readonly type?: ReturnType<typeof permissionsOfType>;
  readonly agent?: string;
  /** Beginnings, in any case. */
  readonly agentName?: string;
  readonly entityName?: string;
  readonly address?: string;
  readonly entity?: string;
  readonly sourceId?: number;
  readonly patient?: { readonly assigningAuthority: string; readonly value: string };
  readonly patientRef?: string;
  readonly count: number;
  readonly after?: FeedPlace;
};

/** The parameters that are understood, and what each is; the CapabilityStatement lists those with a type. */
export const auditSearchParameters = {
  date: { type: "date", about: "Required, with a lower bound; at most 366 days." },
  action: { type: "token", about: "C, R, U, D or E." },
  outcome: { type: "token", about: "0 success, 4 refused, 8 failed." },
  type: { type: "token", about: "110100, 110101, 110113 or 110114 of DCM." },
  agent: { type: "reference", about: "The identifier of who acted." },
  "agent.identifier": { type: "token", about: "The same, as BALP writes it." },
  "agent-name": { type: "string", about: "Beginning of the name of who acted." },
  entity: { type: "reference", about: "The identifier of what was acted on." },
  "entity.identifier": { type: "token", about: "The same, as BALP writes it." },
  "entity-name": { type: "string", about: "Beginning of the name of what was acted on." },
  address: { type: "string", about: "Beginning of the network address, as the engine claims it." },
  source: { type: "reference", about: "Number of the source; 0 for Signalbox itself." },
  "patient.identifier": { type: "token", about: "issuer|value, by POST to _search alone." },
  _count: { type: "number", about: "Events of a page: 1 to 200, 50 by itself." },
} as const;

const internal = ["_after", "_patient-ref", "_format"] as const;
const MAX_RANGE_MS = 366 * 86_400_000;

/**
 * Search parameters, each with its values as they came, and the time that an open end stands for. Unknown parameters are
 * refused: an audit search that leaves out a condition would answer another question.
 */
export const auditSearchSchema = z
  .object({ params: z.record(z.string(), z.array(z.string().max(500))), now: z.date() })
  .transform(({ params, now }, context): AuditSearch => {
    const refuse = (parameter: string) => {
      context.addIssue({ code: "custom", path: [parameter], message: "cannot be used" });
      return undefined;
    };
    for (const [name, values] of Object.entries(params)) {
      const isKnown = Object.hasOwn(auditSearchParameters, name) || internal.some((one) => one === name);
      if (!isKnown || (name !== "date" && values.length > 1)) refuse(name);
    }
    const text = (name: string) => params[name]?.[0];
    const read = <T>(name: string, parse: (value: string) => T | undefined): T | undefined => {
      const value = text(name);
      return value === undefined ? undefined : (parse(value) ?? refuse(name));
    };
    const range = rangeOf(params["date"] ?? [], now);
    if (range === undefined) refuse("date");
    const found = {
      range: range ?? { from: now, to: now },
      action: read("action", (value) => auditActions.find((action) => action === codeOf(value))),
      outcomes: read("outcome", (value) =>
        /^(0|4|8|12)$/.test(codeOf(value)) ? outcomesOf(codeOf(value)) : undefined,
      ),
      type: read("type", (value) => permissionsOfType(codeOf(value))),
      agent: read("agent", codeOf) ?? read("agent.identifier", codeOf),
      agentName: text("agent-name"),
      entity: read("entity", codeOf) ?? read("entity.identifier", codeOf),
      entityName: text("entity-name"),
      address: text("address"),
      sourceId: read("source", (value) => (/^\d{1,9}$/.test(value) ? Number(value) : undefined)),
      patient: read("patient.identifier", patientOf),
      patientRef: read("_patient-ref", (value) => (/^[0-9a-f]{32}$/.test(value) ? value : undefined)),
      count:
        read("_count", (value) =>
          /^[1-9]\d{0,3}$/.test(value) ? Math.min(Number(value), 200) : undefined,
        ) ?? 50,
      after: read("_after", parseFeedPlace),
    };
    return withoutAbsent(found);
  });

/** The code of a token, whatever its system: `system|code`. */
function codeOf(token: string): string {
  return token.slice(token.lastIndexOf("|") + 1);
}

function patientOf(token: string): AuditSearch["patient"] {
  const [, system = "", value = ""] = /^([^|]+)\|([^|]+)$/.exec(token) ?? [];
  return value === "" ? undefined : { assigningAuthority: system.replace(/^urn:oid:/, ""), value };
}

function rangeOf(dates: readonly string[], now: Date): AuditSearch["range"] | undefined {
  const intervals = dates.map(dateInterval);
  if (intervals.some((interval) => interval === undefined)) return undefined;
  const fromMs = Math.max(...intervals.map((interval) => interval?.fromMs ?? Number.NEGATIVE_INFINITY));
  const toMs = Math.min(...intervals.map((interval) => interval?.toMs ?? now.getTime() + 1));
  const isBounded = Number.isFinite(fromMs) && Number.isFinite(toMs) && toMs - fromMs <= MAX_RANGE_MS;
  return isBounded ? { from: new Date(fromMs), to: new Date(toMs) } : undefined;
}

type Found = { readonly [Name in keyof AuditSearch]-?: AuditSearch[Name] | undefined } & Pick<
  AuditSearch,
  "range" | "count"
>;

function withoutAbsent({ range, count, ...rest }: Found): AuditSearch {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { range, count, ...given };
}
