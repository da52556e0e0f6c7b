/** What a person is in the hospital; one person may hold several. */
export const roles = [
  "administrator",
  "interface-analyst",
  "him-specialist",
  "department-owner",
  "clinical-reviewer",
  "reporter",
  "privacy-officer",
  "committee-member",
] as const;
export type Role = (typeof roles)[number];
