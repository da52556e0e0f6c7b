import type { Grant } from "@/lib/core/authz/role";

/** "interface-analyst" → "Interface analyst"; HIM is health information management. */
export function roleWords(role: string): string {
  const words = role.replaceAll("-", " ").replace(/^him\b/, "HIM");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Interface analyst of Radiology"; the role alone where it is held everywhere. */
export function grantWords({ role, department }: Grant): string {
  return department === undefined ? roleWords(role) : `${roleWords(role)} of ${department}`;
}
