import { reasonTitle } from "./reasons";

/** One time that somebody came near the data of a patient, as a trail tells it. */
export type PatientAccess = {
  /** Of the line within its trail. */
  readonly id: string;
  readonly at: Date;
  /** Which trail says so: this product, or the name of a source. */
  readonly system: string;
  readonly isOwn: boolean;
  readonly actorKind: "user" | "source" | "client" | "system";
  readonly actorId: string | undefined;
  readonly actorName: string | undefined;
  /** Of our own trail the kind of thing that was opened; of a source the event as it names it. */
  readonly act: string;
  /** What was opened, as the trail names it. */
  readonly entityId: string | undefined;
  /** Code of a stated reason. */
  readonly reason: string | undefined;
  readonly outcome: string;
};

/** Identifier → the acts of our own trail in plain words, for staff and patients alike. */
const ownActs: ReadonlyMap<string, string> = new Map([
  [
    "message",
    "Saw that a message about the patient was sent, with its order numbers and without its content",
  ],
  ["message-content", "Opened a message about the patient with every value hidden"],
  ["message-values", "Read a message about the patient in full"],
  ["exam", "Saw where an examination of the patient stands, with every name and number hidden"],
  ["exam-values", "Read the patient and the numbers of an examination in full"],
  ["exam-search", "Searched for examinations of the patient"],
  ["work-claim", "Took up a piece of work about the patient and could read its message in full"],
  ["message-search", "Searched for the patient's number"],
  ["patient-audit", "Looked up who saw the patient's data"],
]);

/** What was done, in plain words. */
export function actWords({ isOwn, act }: Pick<PatientAccess, "isOwn" | "act">): string {
  return (isOwn ? ownActs.get(act) : undefined) ?? act;
}

/** Who did it. Programs are not named to a patient: their names say nothing to them. */
export function actorWords({ actorKind, actorName }: PatientAccess): string {
  if (actorKind !== "user") return "An automatic program of the hospital";
  return actorName ?? "A person whom the system does not name";
}

/** Why, where a reason was stated. */
export function reasonWords({ reason }: Pick<PatientAccess, "reason">): string | undefined {
  return reason === undefined ? undefined : (reasonTitle(reason) ?? reason);
}

const outcomes: ReadonlyMap<string, string> = new Map([
  ["success", "Done"],
  ["denied", "Refused"],
  ["failure", "Refused"],
  ["authorised", "Allowed; whether it was done is not told"],
]);

export function outcomeWords({ outcome }: Pick<PatientAccess, "outcome">): string {
  return outcomes.get(outcome) ?? "Not told";
}
