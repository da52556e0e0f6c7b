import type { AuditCode, AuditMessage, AuditObject, AuditParticipant } from "./audit-message";

/**
 * All that a message says and that has no field of its own, by name. May hold patient data: names and numbers of patients,
 * queries. Bounded in number and length.
 */
export function sealedAttributes(message: AuditMessage): Record<string, string> {
  const pairs: [string, string | undefined][] = [
    ["outcome", message.outcomeText],
    ["purpose of use", message.purposes.map(codeText).join("; ")],
    ["source type", message.sourceTypes.join(", ")],
    ...message.participants.map((one, i): [string, string] => [`participant ${i + 1}`, participantText(one)]),
    ...message.objects.flatMap((object, i) => objectPairs(object, `object ${i + 1}`)),
  ];
  const filled = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "");
  return Object.fromEntries(
    filled
      .slice(0, MAX_ATTRIBUTES)
      .map(([name, value]) => [name.slice(0, 256), value.slice(0, MAX_VALUE_LENGTH)]),
  );
}

const MAX_ATTRIBUTES = 200;
const MAX_VALUE_LENGTH = 16_384;

function participantText({
  userId,
  alternativeId,
  name,
  roles,
  accessPoint,
  isRequestor,
}: AuditParticipant): string {
  const said = [userId, alternativeId, name, roles.map(codeText).join(", "), accessPoint];
  return [...said.filter(Boolean), ...(isRequestor ? ["requestor"] : [])].join(" · ");
}

function objectPairs(object: AuditObject, label: string): [string, string | undefined][] {
  const kind = object.idType && codeText(object.idType);
  return [
    [label, [object.id, object.name, kind].filter(Boolean).join(" · ")],
    [`${label} query`, object.query],
    [`${label} accession`, object.accessions.join(", ")],
    [`${label} studies`, object.studies.join(", ")],
    ...object.details.map(({ type, value }): [string, string] => [`${label} ${type}`, value]),
  ];
}

function codeText({ code, display }: AuditCode): string {
  return display === undefined ? code : `${display} (${code})`;
}
