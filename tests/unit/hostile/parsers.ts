import { readTokenRequest } from "@/lib/api/oauth/read-token-request";
import { hl7Mllp } from "@/lib/connectors/hl7-mllp/index";
import { parseXml } from "@/lib/connectors/mirth/xml";
import { parseAuditFilter, parseEventPlace } from "@/lib/core/audit/external-event";
import { parseTrailFilter } from "@/lib/core/audit/trail-filter";
import { parseWitnessLine } from "@/lib/core/audit/witness";
import { policyReportSchema } from "@/lib/core/browser-report/schema";
import { AppError } from "@/lib/core/errors";
import { askedParameters } from "@/lib/core/fhir/asked-parameters";
import { auditSearchParameters, auditSearchSchema } from "@/lib/core/fhir/schema";
import { auditItemOf } from "@/lib/core/formats/atna/audit-item";
import { readAuditMessage } from "@/lib/core/formats/atna/read-audit-message";
import { bodyBatch } from "@/lib/core/formats/fhir/body-batch";
import { readFhirBody } from "@/lib/core/formats/fhir/read-body";
import { fhirTypes } from "@/lib/core/formats/fhir/schema";
import { acknowledge } from "@/lib/core/formats/hl7v2/acknowledge";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";
import { parseHl7, printHl7 } from "@/lib/core/formats/hl7v2/parse";
import { maskContent } from "@/lib/core/formats/masking/mask-content";
import { createSyslogReader } from "@/lib/core/formats/syslog/frames";
import { readSyslog } from "@/lib/core/formats/syslog/read-syslog";
import { parseCursor, parsePlace } from "@/lib/core/message/delivery-place";
import { parseMessageFilter } from "@/lib/core/message/message-filter";
import { readPushBody } from "@/lib/core/message/push-body";
import { itemSchema } from "@/lib/core/message/schema";
import { scrubErrorText } from "@/lib/core/message/scrub";
import { csvText } from "@/lib/core/report/csv";
import { parseRangeQuery } from "@/lib/core/time/range-query";
import { hostileResource } from "./hostile-resource";
import { imageParsers } from "./image-parsers";

/** Processor time that no text may take to be read or refused, in milliseconds. */
export const PARSE_LIMIT_MS = 1_000;

/** Everything that reads text from outside, by name. Each takes any text and may refuse it, but only by an AppError. */
export const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  "HL7 v2": (text) => {
    const message = parseHl7(text);
    // The product prints no large message: printing takes all of it apart.
    const isPrinted = message !== undefined && text.length < 1_000_000;
    if (isPrinted && printHl7(message) !== text) throw new Error("A message was not kept as it came.");
  },
  "HL7 acknowledgement": readFaults,
  "HL7 over MLLP": (text) => {
    const receivedAt = "2026-03-10T12:00:00.000Z";
    const wire = { kind: "message", text, sizeBytes: text.length, receivedAt };
    hl7Mllp.normalise(wire, hl7Mllp.config.parse({ port: 6661 }));
    acknowledge(text, { code: "AA", controlId: "1", now: new Date(receivedAt) });
  },
  "content masking": (text) => maskContent(text),
  "error text": scrubErrorText,
  "push as JSON": (text) => readPushBody(text, "json"),
  "push as NDJSON": (text) => readPushBody(text, "ndjson"),
  "engine's XML": (text) => {
    try {
      parseXml(text);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  },
  syslog: (text) => {
    readSyslog(`<85>1 ${text}`);
    const reader = createSyslogReader({ maxBytes: 1_000_000 });
    for (const begin of ["", "<85>1 - - ", "9 <85>1 - "]) {
      reader.feed(Buffer.from(begin + text));
      reader.end();
    }
  },
  "ATNA message": (text) => {
    const event = '<EventIdentification><EventID code="1"/></EventIdentification>';
    for (const content of [text, `<AuditMessage>${event}${text}</AuditMessage>`, `<AuditMessage ${text}`]) {
      const result = readAuditMessage(content);
      if (result.kind === "read") {
        auditItemOf(result.message, { eventId: "1", at: new Date(0), own: { addresses: [], accounts: [] } });
      }
    }
  },
  CSV: (text) => {
    if (cellsOf(csvText(["a"], [[text]])).some((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))) {
      throw new Error("A cell could be taken for a formula.");
    }
  },
  "page address": (text) => {
    const params = { q: text, range: text, from: text, to: [text], zone: text, compare: text, state: text };
    parseRangeQuery(params, { zone: "Europe/Berlin" });
    parseMessageFilter(params);
    parseTrailFilter(params);
    parseAuditFilter({ ...params, source: text, person: text, action: text });
    for (const parse of [parsePlace, parseCursor, parseEventPlace]) parse(text);
  },
  "policy report": (text) => policyReportSchema.parse(text),
  "FHIR resources": (text) => {
    const place = { assigningAuthority: "A", accessionIssuer: "A", own: { addresses: [], accounts: [] } };
    const ask = { place, receivedAt: new Date("2026-03-10T12:00:00Z"), isUpdate: false, mayTake: () => true };
    // In so many places that a long text would make more than one body may hold.
    const held = text.slice(0, 2_000);
    const bodies = [text, ...fhirTypes.map((type) => JSON.stringify(hostileResource(type, held)))];
    const entry = fhirTypes.map((type) => ({ fullUrl: held, resource: hostileResource(type, held) }));
    bodies.push(JSON.stringify({ resourceType: "Bundle", type: "collection", entry }));
    for (const body of bodies) {
      const read = readFhirBody({ ...ask, text: body });
      const { items } = bodyBatch(read, {
        kind: "fhir",
        receivedAt: "2026-03-10T12:00:00Z",
        isUpdate: false,
        text: body,
      }).batch;
      if (items.some((item) => !itemSchema.safeParse(JSON.parse(JSON.stringify(item))).success)) {
        throw new Error("A resource became an item that the store would not take.");
      }
    }
  },
  "FHIR search": (text) => {
    const now = new Date("2026-03-10T12:00:00Z");
    auditSearchSchema.safeParse({ params: askedParameters(new URLSearchParams(text)), now });
    for (const name of Object.keys(auditSearchParameters)) {
      auditSearchSchema.safeParse({ params: { date: ["ge2026-03-01"], [name]: [text] }, now });
    }
  },
  "token request": (text) => {
    readTokenRequest(text, new Headers());
    const basic = Buffer.from(`${text}:${text}`).toString("base64");
    readTokenRequest("grant_type=client_credentials", new Headers({ authorization: `Basic ${basic}` }));
  },
  "witness line": (text) => parseWitnessLine(text),
  ...imageParsers,
};

/** What a spreadsheet sees in a CSV of one column (RFC 4180), without its byte order mark. */
function cellsOf(csv: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 1; at < csv.length; at++) {
    const isQuoted = csv[at] === '"';
    const end = isQuoted ? closingQuote(csv, at) : at + csv.slice(at).search(/[\r\n,]|$/);
    cells.push(isQuoted ? csv.slice(at + 1, end).replaceAll('""', '"') : csv.slice(at, end));
    at = end;
  }
  return cells;
}

/** Where a quoted cell that opens at `open` ends: a doubled quote is part of it. */
function closingQuote(csv: string, open: number): number {
  let at = csv.indexOf('"', open + 1);
  while (at !== -1 && csv[at + 1] === '"') at = csv.indexOf('"', at + 2);
  return at === -1 ? csv.length : at;
}
