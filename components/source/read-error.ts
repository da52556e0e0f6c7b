/** What was noted when a stream could not be read, in plain words. `code` is an error code, its cause behind a colon. */
export function readErrorText(code: string): string {
  const [kind = "", cause] = code.split(":");
  const text = texts[kind] ?? "It could not be read.";
  return cause === undefined ? text : `${text} (${cause.replaceAll("_", " ")})`;
}

const texts: Readonly<Record<string, string>> = {
  source_unreachable: "It cannot be reached.",
  source_refused: "It refuses what is asked.",
  source_protocol: "It answers in a way that cannot be read.",
  bad_request: "Its settings are not complete.",
  overloaded: "The database could not be reached.",
  internal: "Something went wrong here; the log says more.",
};
