/** What a system is in the exchange. */
export const systemKinds = [
  "his",
  "ris",
  "pacs",
  "modality",
  "engine",
  "archive",
  "reporting",
  "laboratory",
  "other",
] as const;
export type SystemKind = (typeof systemKinds)[number];

export const systemKindTitles: Readonly<Record<SystemKind, string>> = {
  his: "HIS",
  ris: "RIS",
  pacs: "PACS",
  modality: "Modality",
  engine: "Interface engine",
  archive: "Archive",
  reporting: "Reporting",
  laboratory: "Laboratory",
  other: "Other",
};
