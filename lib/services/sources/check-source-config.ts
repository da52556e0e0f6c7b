import type { Connector } from "@/lib/connectors/connector";
import { findConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";

/**
 * The connector of a kind and the settings as its schema prints them. Empty text counts as not given.
 * @throws AppError bad_request naming the fields
 */
export function checkSourceConfig(source: {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
}): { readonly connector: Connector<unknown>; readonly config: unknown } {
  const connector = findConnector(source.kind);
  if (connector === undefined) {
    throw new AppError("bad_request", "There is no such kind of source.", { info: { fields: "kind" } });
  }
  const given = Object.fromEntries(Object.entries(source.config).filter(([, value]) => value !== ""));
  const parsed = connector.config.safeParse(given);
  if (parsed.success) return { connector, config: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "settings");
  throw new AppError("bad_request", "Some settings of the source are missing or not valid.", {
    info: { fields: [...new Set(fields)].join("; ") },
  });
}
