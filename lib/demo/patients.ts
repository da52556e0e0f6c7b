import { pick, seededRandom } from "./random";

/** Someone who does not exist. Family names say so, and the assigning authority is the demo hospital's. */
export type InventedPatient = {
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
  readonly birthDate: string;
  readonly sex: "F" | "M" | "U";
  readonly visitNumber: string;
};

/** CX.4 of every identifier that the demo makes up. */
export const demoAuthority = "DEMOHOSP";

/** How many people the demo hospital knows. */
export const patientCount = 4_000;

const families = ["SAMPLE", "EXAMPLE", "FICTIVE", "DEMO", "MOCK", "SYNTH", "INVENTED", "NOBODY"] as const;
const givens = ["ANNA", "BRUNO", "CLEO", "DARIO", "ELLA", "FINN", "GIA", "HAL"] as const;

/** The invented person with this number; always the same one. */
export function inventedPatient(index: number): InventedPatient {
  const random = seededRandom("patient", index);
  const year = 1932 + Math.floor(random() * 90);
  const month = 1 + Math.floor(random() * 12);
  const day = 1 + Math.floor(random() * 28);
  return {
    mrn: `D${String(100_000 + (index % patientCount))}`,
    family: families[Math.floor(random() * families.length)] ?? "SAMPLE",
    given: givens[Math.floor(random() * givens.length)] ?? "ANNA",
    birthDate: `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`,
    sex: pick(random, [
      ["F", 50],
      ["M", 48],
      ["U", 2],
    ]),
    visitNumber: `V${String(100_000 + Math.floor(random() * 899_999))}`,
  };
}
