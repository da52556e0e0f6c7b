import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { auditItemOf } from "@/lib/core/formats/atna/audit-item";
import { readAuditTime } from "@/lib/core/formats/atna/audit-time";
import { fromBase64 } from "@/lib/core/formats/atna/base64-text";
import { patientsOfCx } from "@/lib/core/formats/atna/patient-ids";
import { readAuditMessage } from "@/lib/core/formats/atna/read-audit-message";
import { readSyslog } from "@/lib/core/formats/syslog/read-syslog";
import { auditEventSchema } from "@/lib/core/message/schema";

const context = { eventId: "e1", at: new Date("2026-03-10T10:00:00Z"), own: { addresses: [], accounts: [] } };

function sample(name: string): string {
  return readFileSync(
    new URL(`../../../lib/connectors/atna-syslog/samples/${name}`, import.meta.url),
    "utf8",
  );
}

function itemOf(content: string, more: Partial<Parameters<typeof auditItemOf>[1]> = {}) {
  const result = readAuditMessage(content);
  if (result.kind === "refused") throw new Error(result.problem);
  return auditItemOf(result.message, { ...context, ...more });
}

test("the spelling of DICOM and that of RFC 3881 say the same", () => {
  expect(itemOf(sample("dicom.xml"))).toMatchObject({
    name: "UserAuthenticated",
    action: "E",
    outcome: "success",
    codes: [
      { code: "110114", system: "DCM", display: "UserAuthenticated" },
      { code: "110122", system: "DCM", display: "Login" },
    ],
    auditSource: "openhim",
    actorId: "openhim",
    claimedAddress: "ryan-Latitude-E6540",
    attributes: { "source type": "1" },
  });
  const { codes, name, auditSource } = itemOf(sample("dicom.xml"));
  expect(itemOf(sample("rfc3881.xml"))).toMatchObject({ codes, name, auditSource });
});

test("a patient is named under both names of the authority, and never in clear fields", () => {
  const item = itemOf(sample("pixfeed.xml"));
  expect(item.patient).toEqual({
    value: "7627199",
    assigningAuthority: "2.16.840.1.113883.3.37.4.1.1.2.411.1",
  });
  expect(item.furtherPatients).toEqual([{ value: "7627199", assigningAuthority: "HZLN" }]);
  const { patient, furtherPatients, attributes, ...clear } = item;
  expect(JSON.stringify(clear)).not.toContain("7627199");
  expect(attributes?.["object 1 MSH-10"]).toBe("123456");
});

test("several patients and the text of a query are kept", () => {
  const item = itemOf(sample("pixquery.xml"));
  expect([item.patient, ...(item.furtherPatients ?? [])].map((one) => one?.value)).toEqual([
    "27",
    "27",
    "78106",
    "78106",
  ]);
  expect(item).toMatchObject({ objectType: "query", name: "Query", action: "E" });
  expect(item.attributes?.["object 1 query"]).toMatch(/^MSH\|\^~\\&\|/);
  expect(item.objectId).toBeUndefined();
});

test("an authority that was escaped twice is read, and outcomes other than 0 are failures", () => {
  expect(itemOf(sample("no-source.xml")).patient?.assigningAuthority).toBe("1.3.6.1.4.1.21367.2005.3.7");
  expect(itemOf(sample("application-login.xml")).outcome).toBe("failure");
});

test("a number without authority names nobody, unless the source says whose numbers they are", () => {
  expect(patientsOfCx("4711", undefined)).toEqual([]);
  expect(patientsOfCx("4711", "HIS")).toEqual([{ value: "4711", assigningAuthority: "HIS" }]);
  expect(patientsOfCx("4711^^^LAB", "HIS")).toEqual([{ value: "4711", assigningAuthority: "LAB" }]);
});

test.each(["testAuditIHEDICOM.syslog", "testAuditMessage.syslog"])("%s is a valid item", (name) => {
  const content = readSyslog(sample(name));
  const item = itemOf(content?.content ?? "");
  expect(auditEventSchema.safeParse({ ...item, at: item.at.toISOString() }).success).toBe(true);
});

test("a person comes before the programs that acted for her", () => {
  const item = itemOf(
    message(
      `<ActiveParticipant UserID="viewer" UserIsRequestor="true"><RoleIDCode csd-code="110150"/></ActiveParticipant>
       <ActiveParticipant UserID="eva.m" UserName="Eva M" UserIsRequestor="true" NetworkAccessPointID="10.0.0.7"/>`,
    ),
  );
  expect(item).toMatchObject({ actorId: "eva.m", actorName: "Eva M", claimedAddress: "10.0.0.7" });
});

test("studies are collected, and an address keeps nothing behind its question mark", () => {
  const item = itemOf(
    message(
      `<ParticipantObjectIdentification ParticipantObjectID="https://pacs/Patient?name=canary" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="4"/>
       <ParticipantObjectIdentification ParticipantObjectID="1.2.3" ParticipantObjectTypeCode="2"><ParticipantObjectIDTypeCode csd-code="110180"/>
         <ParticipantObjectDescription><Accession Number="A1"/><ParticipantObjectContainsStudy><StudyIDs UID="1.2.4"/></ParticipantObjectContainsStudy></ParticipantObjectDescription>
       </ParticipantObjectIdentification>`,
    ),
  );
  expect(item.studies).toEqual(["1.2.3", "1.2.4"]);
  expect(item.objectId).toBe("https://pacs/Patient");
  expect(item.attributes?.["object 2 accession"]).toBe("A1");
});

describe("our own polling", () => {
  const content = message(
    '<ActiveParticipant UserID="Signalbox" UserIsRequestor="true" NetworkAccessPointID="10.0.0.9"/>',
  );

  test("is what one of our accounts asked for from one of our addresses", () => {
    expect(itemOf(content, { own: { addresses: ["10.0.0.9"], accounts: [] } }).ownPolling).toBe(true);
    expect(itemOf(content, { own: { addresses: ["10.0.0.9"], accounts: ["signalbox"] } }).ownPolling).toBe(
      true,
    );
  });

  test("is not what others did from there, or what one did from elsewhere", () => {
    expect(
      itemOf(content, { own: { addresses: ["10.0.0.9"], accounts: ["other"] } }).ownPolling,
    ).toBeUndefined();
    expect(itemOf(content, { own: { addresses: ["10.0.0.8"], accounts: [] } }).ownPolling).toBeUndefined();
  });
});

test.each([
  ["nothing", "", "no_xml"],
  ["text", "session opened", "no_xml"],
  ["another document", "<Other/>", "other_document"],
  ["a message without an event", "<AuditMessage/>", "no_event"],
  ["a cut message", sample("pixfeed.xml").slice(0, 700), "cut_off"],
  ["a document type", `<!DOCTYPE a><AuditMessage/>`, "document_type"],
])("%s is refused with its reason", (_, content, problem) => {
  expect(readAuditMessage(content)).toEqual({ kind: "refused", problem });
});

test("a message in a namespace, with a prefix, is read like any other", () => {
  const plain = message("");
  const prefixed = plain.replaceAll("<", "<a:").replaceAll("<a:/", "</a:").replace(">", ' xmlns:a="urn:x">');
  expect(readAuditMessage(prefixed)).toEqual(readAuditMessage(plain));
});

test("instants are read to the millisecond, without seconds too, and never without their zone", () => {
  expect(readAuditTime("2023-02-08T15:22.603Z")?.toISOString()).toBe("2023-02-08T15:22:00.603Z");
  expect(readAuditTime("2023-02-08T15:22:44.904290264Z")?.toISOString()).toBe("2023-02-08T15:22:44.904Z");
  expect(readAuditTime("2013-10-17T15:12:04.287-0600")?.toISOString()).toBe("2013-10-17T21:12:04.287Z");
  expect(readAuditTime("2013-10-17T15:12:04")).toBeUndefined();
  expect(readAuditTime("2013-13-17T15:12:04Z")).toBeUndefined();
});

test("base64 is decoded where it is some, and left alone where it is not", () => {
  expect(fromBase64("MTIzNDU2")).toBe("123456");
  expect(fromBase64("MTIz\nNDU2")).toBe("123456");
  expect(fromBase64("plain text")).toBe("plain text");
  expect(fromBase64("/////w==")).toBe("/////w==");
});

function message(inner: string): string {
  return `<AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2026-03-10T10:00:00Z" EventOutcomeIndicator="0"><EventID csd-code="110110" codeSystemName="DCM" originalText="Patient Record"/></EventIdentification>${inner}<AuditSourceIdentification AuditSourceID="pacs"/></AuditMessage>`;
}
