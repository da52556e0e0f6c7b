/** What was noted when a stream could not be read, in plain words. `code` is an error code, its cause behind a colon. */
export function readErrorText(code: string): string {
  const whole = wholeTexts[code];
  if (whole !== undefined) return whole;
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

const wholeTexts: Readonly<Record<string, string>> = {
  "source_unreachable:port_in_use": "Another program uses its port.",
  "source_unreachable:port_forbidden":
    "The system does not let Signalbox open its port; choose one above 1023.",
  "source_unreachable:address_not_ours": "This machine has no such address to listen on.",
  "source_unreachable:certificate_missing": "Its port needs a certificate and a key.",
  "source_unreachable:certificate_unusable": "Its certificate or key cannot be used.",
  "source_unreachable:port_not_opened": "Its port cannot be opened.",
  "source_refused:no_roots": "No folder may be read: SIGNALBOX_FILE_ROOTS names none.",
  "source_refused:outside_roots": "Its folder is not below one that SIGNALBOX_FILE_ROOTS names.",
  "source_refused:called_unknown": "It does not go by the AE title that is entered for it.",
  "source_refused:calling_unknown": "It does not know our AE title.",
  "source_refused:no_service": "It does not let our AE title search.",
};
