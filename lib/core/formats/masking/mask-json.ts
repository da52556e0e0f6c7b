import { maskShape } from "./mask-shape";

/**
 * Masks a JSON document (FHIR and others), two spaces deep: names, nesting, list lengths, and the values of structural
 * keys stay; every other text and number is masked. Undefined where the text is not JSON.
 */
export function maskJson(text: string): string | undefined {
  try {
    return JSON.stringify(maskValue("", JSON.parse(text)), null, 2);
  } catch {
    return undefined;
  }
}

// What FHIR uses to say which vocabulary or type is meant, never about whom.
const structuralKeys: ReadonlySet<string> = new Set([
  "resourceType",
  "system",
  "version",
  "use",
  "status",
  "intent",
  "versionId",
  "fhirVersion",
]);

function maskValue(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => maskValue(key, entry));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(name, inner)]));
  }
  if (typeof value === "string") return structuralKeys.has(key) ? value : maskShape(value);
  return typeof value === "number" ? maskShape(String(value)) : value;
}
