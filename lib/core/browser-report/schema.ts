import { z } from "zod";

/**
 * What a browser says of a refusal by a content policy, of all that it says: which rule, and what kind of thing was
 * refused. Addresses, samples and scripts may hold patient data and are left where they are.
 */
export type PolicyViolation = {
  /** `script-src-elem`, `require-trusted-types-for`, … */
  readonly directive: string;
  readonly blocked: "inline" | "eval" | "trusted-types" | "data" | "same-origin" | "elsewhere";
  /** First step of the page's path: `messages`. */
  readonly page: string;
};

/** Old (`report-uri`, CSP 2) and new (Reporting API, a list) bodies in one shape: the violations that can be read. */
export const policyReportSchema = z.unknown().transform((body): readonly PolicyViolation[] => {
  const reports = Array.isArray(body) ? body.slice(0, MAX_REPORTS) : [body];
  return reports.flatMap((report) => {
    const old = oldSchema.safeParse(report);
    if (old.success) {
      const { "effective-directive": effective, "violated-directive": violated } = old.data["csp-report"];
      const { "blocked-uri": blocked, "document-uri": page } = old.data["csp-report"];
      return [
        violationOf({ directive: effective ?? violated ?? "", blocked: blocked ?? "", page: page ?? "" }),
      ];
    }
    const modern = modernSchema.safeParse(report);
    if (!modern.success) return [];
    const {
      effectiveDirective: directive,
      blockedURL: blocked = "",
      documentURL: page = "",
    } = modern.data.body;
    return [violationOf({ directive, blocked, page })];
  });
});

const MAX_REPORTS = 20;

const oldSchema = z.object({
  "csp-report": z.object({
    "effective-directive": z.string().optional(),
    "violated-directive": z.string().optional(),
    "blocked-uri": z.string().optional(),
    "document-uri": z.string().optional(),
  }),
});

const modernSchema = z.object({
  type: z.literal("csp-violation"),
  body: z.object({
    effectiveDirective: z.string(),
    blockedURL: z.string().optional(),
    documentURL: z.string().optional(),
  }),
});

type Told = { readonly directive: string; readonly blocked: string; readonly page: string };

/** Anybody can send a report: only words that could be what they should be are kept. */
function violationOf({ directive, blocked, page }: Told): PolicyViolation {
  const step = /^https?:\/\/[^/]+\/([a-z-]{1,30})(?=$|[/?#])/.exec(page)?.[1];
  return {
    directive: /^[a-z-]{1,40}/.exec(directive)?.[0] ?? "unknown",
    blocked: kindOf(blocked, page),
    page: step ?? "other",
  };
}

function kindOf(blocked: string, page: string): PolicyViolation["blocked"] {
  if (blocked === "inline" || blocked === "eval") return blocked;
  if (blocked.startsWith("trusted-types")) return "trusted-types";
  if (blocked.startsWith("data")) return "data";
  const isSame =
    URL.canParse(blocked) && URL.canParse(page) && new URL(blocked).origin === new URL(page).origin;
  return isSame ? "same-origin" : "elsewhere";
}
