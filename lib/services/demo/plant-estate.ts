import { type SystemInput, systemSchema } from "@/lib/core/estate/schema";
import { startOfDay } from "@/lib/core/time/zone";
import { putDemoSystems } from "@/lib/db/demo-systems";
import { saveSystemRow } from "@/lib/db/estate";
import { insertMaintenance, insertStatement } from "@/lib/db/estate-papers";
import type { Transaction } from "@/lib/db/transaction";

const by = "demo";

/** Describes the demo's systems, with what is planned for some and a conformance statement of others. */
export async function plantEstate(
  tx: Transaction,
  of: { readonly idsByKind: ReadonlyMap<string, number>; readonly zone: string; readonly now: Date },
): Promise<void> {
  const { idsByKind, zone, now } = of;
  const ids: string[] = [];
  for (const { planned, statement, sourceKind, ...said } of systems) {
    const input = systemSchema.parse({ ...said, sourceId: sourceKind && idsByKind.get(sourceKind) });
    const systemId = await saveSystemRow(tx, { input, by, now });
    if (systemId === undefined) continue;
    ids.push(systemId);
    if (planned !== undefined) {
      const day = startOfDay({ instant: now, zone, days: planned.inDays }).getTime();
      const [from, until] = planned.hours.map((hour) => new Date(day + hour * hourMs));
      if (from && until) await insertMaintenance(tx, { systemId, from, until, what: planned.what, by });
    }
    if (statement !== undefined) {
      const content = new TextEncoder().encode(statementText(said.name, statement.version));
      await insertStatement(tx, { systemId, ...statement, content, by });
    }
  }
  await putDemoSystems(tx, { ids, now });
}

const hourMs = 3_600_000;

function statementText(name: string, version: string): string {
  return `DICOM conformance statement (made up for the demo hospital)\n\n${name}, version ${version}\n\nIt offers and uses the services that the demo hospital needs, and no others.\n`;
}

type PlantedSystem = Pick<SystemInput, "name" | "kind"> &
  Partial<Record<"product" | "version" | "department" | "contact" | "aeTitle" | "note", string>> & {
    /** The source that reads it, or that it sends to. */
    readonly sourceKind?: string;
    /** Hours of a day from now. */
    readonly planned?: {
      readonly inDays: number;
      readonly hours: readonly [number, number];
      readonly what: string;
    };
    readonly statement?: { readonly fileName: string; readonly version: string; readonly dated: string };
  };

const imaging = { department: "Radiology", contact: "Imaging informatics, ext. 4410" } as const;
const integration = { department: "Integration", contact: "Integration team, ext. 4400" } as const;

const systems: readonly PlantedSystem[] = [
  {
    ...integration,
    name: "Interface engine",
    kind: "engine",
    product: "Mirth Connect",
    version: "4.5.2",
    sourceKind: "mirth",
    planned: { inDays: 4, hours: [1, 3], what: "Update of the Java runtime" },
  },
  {
    ...integration,
    name: "Copies of HL7",
    kind: "engine",
    note: "The EHR and the RIS send a copy of what they send to the engine.",
    sourceKind: "hl7-mllp",
  },
  {
    name: "EHR",
    kind: "his",
    product: "Example EHR",
    version: "2026.2",
    department: "Clinical applications",
    contact: "EHR desk, ext. 4100",
  },
  {
    name: "Audit trails",
    kind: "other",
    department: "Security",
    contact: "Privacy office, ext. 4020",
    sourceKind: "atna-syslog",
  },
  {
    ...imaging,
    name: "RIS",
    kind: "ris",
    product: "Example RIS",
    version: "9.1.3",
    aeTitle: "DEMORIS",
    sourceKind: "dimse",
  },
  {
    ...imaging,
    name: "PACS",
    kind: "pacs",
    product: "Example PACS",
    version: "12.4",
    aeTitle: "DEMOPACS",
    sourceKind: "dicomweb",
    planned: { inDays: 2, hours: [22, 24], what: "Firmware of the storage" },
    statement: { fileName: "example-pacs-12.4.txt", version: "12.4", dated: "2026-03-02" },
  },
  {
    ...imaging,
    name: "Teaching archive",
    kind: "archive",
    product: "Orthanc",
    version: "1.12.3",
    aeTitle: "TEACHING",
    note: "Students' copies, without names.",
  },
  {
    ...imaging,
    name: "CT 1",
    kind: "modality",
    product: "Example CT",
    version: "VB20",
    aeTitle: "CT1",
    statement: { fileName: "example-ct-vb20.txt", version: "VB20", dated: "2024-09-16" },
  },
  { ...imaging, name: "MR 1", kind: "modality", product: "Example MR", version: "E11", aeTitle: "MR1" },
  {
    name: "LIS database",
    kind: "laboratory",
    product: "PostgreSQL",
    version: "14.11",
    department: "Laboratory",
    contact: "Laboratory IT, ext. 4300",
  },
];
