/** What a column can be. Times and counts are read as such; everything else is text. */
export const mappedFields = [
  "interface",
  "leg",
  "messageId",
  "receivedAt",
  "sentAt",
  "ackedAt",
  "latencyMs",
  "outcome",
  "errorText",
  "attempts",
  "ackCode",
  "controlId",
  "messageType",
  "accession",
  "orderNumber",
  "mrn",
  "mrnAuthority",
  "sizeBytes",
] as const;
export type MappedField = (typeof mappedFields)[number];

/** From where each field comes: a column by its name, or always the same text. */
export type Mapping = ReadonlyMap<MappedField, { readonly column: string } | { readonly always: string }>;

/**
 * Reads lines `field = Column name` or `field = "always this"`; lines that are empty or begin with # say nothing. Undefined
 * where a line is neither, a field is unknown or named twice, or receivedAt or outcome is missing.
 */
export function parseMapping(text: string): Mapping | undefined {
  const mapping = new Map<MappedField, { readonly column: string } | { readonly always: string }>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, value = ""] = /^(\w+)\s*=\s*(.+)$/.exec(line) ?? [];
    const field = mappedFields.find((known) => known === name);
    if (field === undefined || mapping.has(field)) return undefined;
    const quoted = /^"([^"]*)"$/.exec(value)?.[1];
    mapping.set(field, quoted === undefined ? { column: value } : { always: quoted });
  }
  return mapping.has("receivedAt") && mapping.has("outcome") ? mapping : undefined;
}

/** What a record says of a field, trimmed; undefined where it is missing or empty. */
export function mappedValue(
  mapping: Mapping,
  field: MappedField,
  record: ReadonlyMap<string, string>,
): string | undefined {
  const from = mapping.get(field);
  if (from === undefined) return undefined;
  const value = ("always" in from ? from.always : record.get(from.column))?.trim();
  return value === "" ? undefined : value;
}
