import { type Random, seededRandom, wholeBelow } from "./random";
import type { LabelledFailure } from "./score-grouping";

/** Failures of 60 causes in random order, with values of made-up patients in their texts. The same seed gives the same. */
export function makeFailures(ask: {
  readonly seed: number;
  readonly failures: number;
  readonly patients: number;
}): readonly LabelledFailure[] {
  const random = seededRandom(ask.seed);
  const patients = Array.from({ length: ask.patients }, (_, n) => aPatient(random, n));
  return Array.from({ length: ask.failures }, () => {
    const number = wholeBelow(random, causes.length);
    const [place = "", template = "", reason] = causes[number] ?? [];
    const [name = "", destination = ""] = place.split(">");
    const patient = pick(random, patients);
    const canaries: string[] = [];
    const text = template.replace(/\{(\w+)\}/g, (_, kind: string) => {
      if (kind !== "name" && kind !== "mrn") return fillers[kind]?.(random) ?? "";
      const value = kind === "mrn" ? patient.mrn : pick(random, patient.spellings);
      canaries.push(...(kind === "mrn" ? [patient.mrn] : [value, patient.family]));
      return value;
    });
    const withStack =
      random() < 0.3
        ? `${text}\n\tat com.engine.Run${wholeBelow(random, 9)}.call(Run.java:${wholeBelow(random, 900)})`
        : text;
    return {
      interface: name,
      destination,
      text: withStack,
      cause: `cause-${number}`,
      canaries,
      ...(reason && { reason }),
    };
  });
}

type Patient = { readonly family: string; readonly mrn: string; readonly spellings: readonly string[] };

const FAMILIES = [
  "Okonkwo",
  "Müller",
  "O'Brien",
  "Nguyễn",
  "García-López",
  "Lindqvist",
  "Ferreira",
  "Kowalczyk",
  "Çelik",
  "Haugen",
  "Petrov",
  "Sørensen",
  "de Vries",
  "Yamamoto",
  "McAllister",
];
const GIVEN = [
  "Adaeze",
  "Jürgen",
  "Siobhán",
  "Thị Hoa",
  "José",
  "Ingrid",
  "Beatriz",
  "Zofia",
  "Ayşe",
  "Olav",
  "Dmitri",
  "Mette",
  "Anneke",
  "Haruto",
  "Fiona",
];

function aPatient(random: Random, n: number): Patient {
  const family = `${pick(random, FAMILIES)}${"abcdefghijklmnopqrst"[n % 20]}${"aeiou"[Math.floor(n / 20) % 5]}`;
  const given = pick(random, GIVEN);
  return {
    family,
    mrn: `${pick(random, ["", "M", "MRN-"])}${4_000_000 + n * 37}`,
    spellings: [
      `${given} ${family}`,
      `${family}, ${given}`,
      `${family}^${given}^X`,
      `${family} ${given}`.toUpperCase(),
      `${given} ${family}`.toLowerCase(),
      `${family}^${given}`.toUpperCase(),
    ],
  };
}

const fillers: Readonly<Record<string, (random: Random) => string>> = {
  n: (random) => String(wholeBelow(random, 100_000)),
  few: (random) => String(1 + wholeBelow(random, 9)),
  uid: (random) =>
    `1.2.840.${wholeBelow(random, 99_999)}.${wholeBelow(random, 99)}.${wholeBelow(random, 9_999)}`,
  guid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  date: (random) =>
    pick(random, ["2026-03-", "20260", "03/"]) +
    String(10 + wholeBelow(random, 19)) +
    pick(random, ["", "/2026"]),
  time: (random) =>
    `${10 + wholeBelow(random, 13)}:${10 + wholeBelow(random, 49)}:${10 + wholeBelow(random, 49)}.${wholeBelow(random, 999)}`,
  host: (random) => `srv${wholeBelow(random, 40)}.hospital.example:${1024 + wholeBelow(random, 9_000)}`,
  address: (random) => `10.${wholeBelow(random, 255)}.${wholeBelow(random, 255)}.${wholeBelow(random, 255)}`,
};

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => wholeBelow(random, 16).toString(16)).join("");
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[wholeBelow(random, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

type Cause = readonly [place: string, template: string, reason?: string];

const shared: readonly string[] = [
  "TCP Sender error\nERROR MESSAGE: Error sending to {host}\njava.net.ConnectException: Connection refused (Connection refused)",
  "java.net.SocketTimeoutException: Read timed out after {n} ms for {name}",
  "ERR||PID^1^3|101^Required field missing^HL70357|E|||{name} {mrn}",
  "ERR||PID^1^5|101^Required field missing^HL70357|E|||{name} {mrn}",
  "ERR||PV1^1^3|103^Table value not found^HL70357|E|||{n}",
  "HTTP 503 Service Unavailable from {host} at {time}",
  "HTTP 422 Unprocessable Entity, request {guid}",
  "HTTP 401 Unauthorized, request {guid}",
  "Duplicate key: order {n} of patient {name} already exists",
  "Order {n} of patient {name} is locked by another user since {time}",
  "Order {n} of patient {name} not found",
  "Visit {n} of patient {name} not found",
  "TypeError: Cannot read property of undefined for {name} (MRN {mrn})\n\tat {few} (doTransform)",
  "ReferenceError: variable is not defined, line {n}, {name}",
  "javax.net.ssl.SSLHandshakeException: PKIX path building failed: certificate of {host} expired on {date}",
];

const causes: readonly Cause[] = [
  ...["ADT>RIS", "ORM>RIS", "ORU>EMR"].flatMap((place) => shared.map((text): Cause => [place, text])),
  ["CT>PACS", "C-STORE of {uid} failed, status 0xA700: out of resources"],
  ["CT>PACS", "C-STORE of {uid} failed, status 0xA900: data set does not match SOP class"],
  ["CT>PACS", "C-STORE of {uid} failed, status 0xC000: cannot understand"],
  ["CT>PACS", "C-STORE of {uid} failed, status 0x0122: SOP class not supported"],
  ["CT>PACS", "C-STORE of {uid} failed, status 0x0124: not authorized"],
  ["CT>PACS", "Association rejected by {host}: calling AE title not recognized", "dicom_refused"],
  ["CT>PACS", "Association rejected by {host}: called AE title not recognized", "dicom_refused"],
  ["LAB>DB", "ORA-00001: unique constraint violated for {mrn} {name}"],
  ["LAB>DB", "ORA-12899: value too large for column, {name} at {date} {time}"],
  ["LAB>DB", "PSQLException: SQLSTATE 23503 foreign key violation, {guid}"],
  ["LAB>DB", "PSQLException: SQLSTATE 40001 could not serialize access, {guid}"],
  ["LAB>FILE", "File Writer error: No space left on device, {guid}", "file_error"],
  ["LAB>FILE", "File Writer error: Permission denied, {guid}", "file_error"],
  ["LAB>FILE", "Date {date} of {name} is in invalid format in OBX-14", "data_type"],
  ["LAB>FILE", "Date {date} of {name} is in invalid format in OBR-7", "data_type"],
];
