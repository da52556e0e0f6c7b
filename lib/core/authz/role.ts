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

export type RoleFacts = {
  /** What such a person does, for whoever grants it. */
  readonly sentence: string;
  /** Whether its holder may come to see data of patients: granting it takes two people. */
  readonly disclosesPatientData: boolean;
  /** Whether it can be held for one department alone. */
  readonly mayBeScoped: boolean;
};

/** Role × what it means, readable as a table. */
export const roleFacts: Readonly<Record<Role, RoleFacts>> = {
  administrator: {
    sentence: "Runs the product: sources, people, backups, settings.",
    disclosesPatientData: true,
    mayBeScoped: false,
  },
  "interface-analyst": {
    sentence:
      "Keeps interfaces working: reads messages, repeats what could not be stored, describes interfaces.",
    disclosesPatientData: true,
    mayBeScoped: true,
  },
  "him-specialist": {
    sentence: "Keeps records right: finds messages by the identifiers of a patient or an order.",
    disclosesPatientData: true,
    mayBeScoped: true,
  },
  "department-owner": {
    sentence:
      "Answers for the interfaces of a department: their health, figures and messages without content.",
    disclosesPatientData: false,
    mayBeScoped: true,
  },
  "clinical-reviewer": {
    sentence: "Judges what a failure means for care.",
    disclosesPatientData: true,
    mayBeScoped: true,
  },
  reporter: { sentence: "Tells of what goes wrong.", disclosesPatientData: false, mayBeScoped: true },
  "privacy-officer": {
    sentence: "Watches over who saw what and who was given which role.",
    disclosesPatientData: true,
    mayBeScoped: false,
  },
  "committee-member": {
    sentence: "Follows health and figures of the interfaces.",
    disclosesPatientData: false,
    mayBeScoped: true,
  },
};

/** A role as a person holds it: in one department, or everywhere where none is named. */
export type Grant = { readonly role: Role; readonly department: string | undefined };

/** Grants of roles in all departments. */
export function everywhere(...held: readonly Role[]): readonly Grant[] {
  return held.map((role) => ({ role, department: undefined }));
}

export function isSameGrant(a: Grant, b: Grant): boolean {
  return a.role === b.role && a.department === b.department;
}
