/** What no trail tells, whatever is looked up: said in front of every answer, so that an empty list is not read as "nobody". */
export const unloggedReads = [
  "Lists and figures of messages: they name no patient and leave no line for one.",
  "Searches by order number, accession or control id: that somebody searched is noted, not for which patient.",
  "Dead letters that somebody opened and that name the patient in a way which could not be read: that they were opened is noted, not for which patient.",
  "Looks at a message in an engine's own console, where that engine writes no audit event or does not name the patient in it.",
  "Systems that are not sources here: the records of HIS, RIS, PACS and laboratory keep trails of their own.",
  "Paper, telephone, and copies that left these systems.",
] as const;

/** From this difference on a clock is called wrong: a line may then stand before or after what it belongs to. */
export const clockToleranceMs = 2_000;

/** "4 s ahead of ours" */
export function skewWords(skewMs: number | undefined): string {
  if (skewMs === undefined) return "not measured";
  if (Math.abs(skewMs) < clockToleranceMs) return "agrees with ours within 2 s";
  return `${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? "ahead of" : "behind"} ours`;
}
