type PermissionFacts = {
  /** What its holder may do, in words for everybody. */
  readonly sentence: string;
  /**
   * `department`: held for one department it opens that department's interfaces alone. `hospital`: it concerns the
   * whole, so only a role that is held everywhere gives it.
   */
  readonly of: "department" | "hospital";
};

/** What can be done, named `<thing>.<verb>`, in the order in which the product shows it. */
export const permissionFacts = {
  "overview.read": { sentence: "See whether anything broke, and what needs a person.", of: "department" },
  "interface.read": { sentence: "See interfaces with their health and figures.", of: "department" },
  "interface.write": { sentence: "Say who owns an interface and what its columns hold.", of: "department" },
  "message.read": {
    sentence: "See each message with its path and outcome, without content.",
    of: "department",
  },
  "message.search": {
    sentence: "Find messages by control id, accession, order number or MRN.",
    of: "department",
  },
  "message.content": { sentence: "Open what is inside a message, values masked.", of: "department" },
  "message.unmask": {
    sentence: "See the values of one message at a time, for a stated reason and ten minutes.",
    of: "department",
  },
  "exam.read": {
    sentence: "See where each exam stands and which are stalled, without the patient.",
    of: "department",
  },
  "exam.search": { sentence: "Find exams by accession or MRN.", of: "department" },
  "exam.unmask": {
    sentence: "See the patient and the numbers of one exam at a time, for a stated reason and ten minutes.",
    of: "department",
  },
  "work.claim": {
    sentence: "Take up one item of work, and see its record in full for the length of the claim.",
    of: "department",
  },
  "break-glass.use": {
    sentence: "See every department's messages in an emergency, for 30 minutes and under review.",
    of: "department",
  },
  "dead-letter.read": { sentence: "See what could not be stored, without content.", of: "department" },
  "dead-letter.retry": { sentence: "Store such a letter again, or discard it.", of: "department" },
  "replay.request": {
    sentence: "Have messages that failed sent again, where it is switched on; it may take a second person.",
    of: "department",
  },
  "replay.approve": { sentence: "Approve that messages are sent again which others chose.", of: "hospital" },
  "on-call.read": {
    sentence: "See who is on call, and choose how one is told of incidents.",
    of: "department",
  },
  "on-call.write": {
    sentence: "Plan who is on call, who is told next, and how teams are told.",
    of: "department",
  },
  "notice.read": { sentence: "See which notices went out, to whom, and which failed.", of: "hospital" },
  "external-audit.read": { sentence: "Read the audit events of the engines.", of: "hospital" },
  "audit.read": {
    sentence: "Read the product's own audit trail and check that it is whole.",
    of: "hospital",
  },
  "patient-audit.read": { sentence: "Look up who saw the data of a patient.", of: "hospital" },
  "patient.erase": {
    sentence: "Erase a patient from the audit trail. On the command line of the server alone.",
    of: "hospital",
  },
  "break-glass.review": {
    sentence: "Judge whether an emergency access was justified.",
    of: "hospital",
  },
  "audit-review.write": {
    sentence: "Judge what stood out in the audit trail, and who keeps access.",
    of: "hospital",
  },
  "source.read": { sentence: "See the sources, their settings and how they are read.", of: "hospital" },
  "source.write": { sentence: "Add, change, pause and remove sources.", of: "hospital" },
  "source.secret": { sentence: "Set the passwords with which sources are read.", of: "hospital" },
  "token.write": { sentence: "Give sources tokens to push with, and take them away.", of: "hospital" },
  "estate.read": {
    sentence: "See every system with its version, certificate, clock, contact and planned maintenance.",
    of: "hospital",
  },
  "estate.write": {
    sentence: "Say what systems there are, plan their maintenance and keep their papers.",
    of: "hospital",
  },
  "demo.write": { sentence: "Start and remove the demo hospital.", of: "hospital" },
  "display.write": { sentence: "Set up screens on walls and take them away.", of: "hospital" },
  "backup.write": { sentence: "Take and check backups.", of: "hospital" },
  "setting.write": { sentence: "Change settings of the product and see its own health.", of: "hospital" },
  "retention.read": {
    sentence: "See how long what is kept, what was deleted, and what is on hold.",
    of: "hospital",
  },
  "legal-hold.write": {
    sentence: "Keep data from being deleted, and lift holds that others placed.",
    of: "hospital",
  },
  "user.write": { sentence: "Invite people, disable accounts, ask for and take away roles.", of: "hospital" },
  "approval.read": {
    sentence: "See what waits for a second person, and who was given which role.",
    of: "hospital",
  },
  "role.approve": {
    sentence: "Decide on what others ask for and takes two people, and name a deputy for it.",
    of: "hospital",
  },
  "ingest.write": { sentence: "Push messages. For feeds, by their tokens.", of: "hospital" },
  "fhir.write": { sentence: "Send resources over FHIR. For feeds, by their tokens.", of: "hospital" },
  "ingest.register": {
    sentence: "Push what interfaces there are. For feeds, by their tokens.",
    of: "hospital",
  },
} as const satisfies Readonly<Record<string, PermissionFacts>>;

export type Permission = keyof typeof permissionFacts;
