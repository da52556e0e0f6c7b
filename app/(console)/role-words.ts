import type { Grant } from "@/lib/core/authz/role";

/** "interface-analyst" → "Interface analyst". */
export function roleWords(role: string): string {
  const words = role.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Interface analyst of Radiology"; the role alone where it is held everywhere. */
export function grantWords({ role, department }: Grant): string {
  return department === undefined ? roleWords(role) : `${roleWords(role)} of ${department}`;
}
