import type { FailureReason } from "./reason";

/** Whether sending the same message again can help. */
export type RetryOutlook =
  /** The engine tries again; it gets through once the receiver answers. */
  | "by-itself"
  /** After something is put right at the engine or the receiver, the same message can be sent again. */
  | "after-fix"
  /** The same message will be refused again: the sender or the mapping must change. */
  | "new-message";

export type ReasonAdvice = {
  /** What happened, as a heading: "Receiver refused the connection". */
  readonly title: string;
  /** What to do, one sentence. */
  readonly nextStep: string;
  readonly retry: RetryOutlook;
};

/** What to say about each reason for a failure. HL7 codes: table 0357; acknowledgements: table 0008. */
export const reasonAdvice: Readonly<Record<FailureReason, ReasonAdvice>> = {
  connect_refused: {
    title: "Receiver refused the connection",
    nextStep: "Check that the receiving system's listener runs and that host and port are right.",
    retry: "by-itself",
  },
  connect_timeout: {
    title: "Receiver could not be reached",
    nextStep: "Check network and firewall between engine and receiver; nothing answered at all.",
    retry: "by-itself",
  },
  tls: {
    title: "Secure connection failed",
    nextStep: "Compare certificates on both sides: expired, unknown issuer, or a name that does not match.",
    retry: "after-fix",
  },
  dns: {
    title: "Receiver's name is unknown",
    nextStep: "Check the host name in the destination and the engine's name server.",
    retry: "after-fix",
  },
  connection_lost: {
    title: "Connection was lost while sending",
    nextStep:
      "Ask the receiver whether it has the message, then look for a device between that cuts connections.",
    retry: "by-itself",
  },
  ack_timeout: {
    title: "No acknowledgement in time",
    nextStep:
      "Ask the receiver whether it has the message before sending again: it may have been stored without an answer.",
    retry: "after-fix",
  },
  nack_ae: {
    title: "Receiver answered AE (application error)",
    nextStep: "Read the receiver's error text; once the fault there or in the message is fixed, send again.",
    retry: "after-fix",
  },
  nack_ar: {
    title: "Receiver answered AR (rejected)",
    nextStep: "The receiver does not accept this kind of message: the sender or the mapping must change.",
    retry: "new-message",
  },
  commit_ce: {
    title: "Receiver could not take the message in (CE)",
    nextStep: "The receiver failed to store it; have its operator look, then send again.",
    retry: "after-fix",
  },
  commit_cr: {
    title: "Receiver would not take the message in (CR)",
    nextStep:
      "The receiver rejects it before reading it: check sender, version and processing id it accepts.",
    retry: "new-message",
  },
  http_4xx: {
    title: "Receiver refused the request (HTTP 4xx)",
    nextStep: "Check address, credentials and content type of the destination.",
    retry: "after-fix",
  },
  http_5xx: {
    title: "Receiver failed on the request (HTTP 5xx)",
    nextStep: "Have the receiver's operator look at its log at this time; send again when it works.",
    retry: "by-itself",
  },
  parse: {
    title: "Message could not be read",
    nextStep:
      "Its structure is broken: look at delimiters and line ends in the raw message, then ask the sender.",
    retry: "new-message",
  },
  segment_sequence: {
    title: "Segments missing or out of order (100)",
    nextStep: "Compare the segments with what the receiver expects; the sender or the mapping must change.",
    retry: "new-message",
  },
  required_field: {
    title: "Required field missing (101)",
    nextStep: "Find the marked field; have the sender fill it or the mapping supply it.",
    retry: "new-message",
  },
  data_type: {
    title: "Value of the wrong type (102)",
    nextStep: "Look at the marked field: often a date or number in a form the receiver does not read.",
    retry: "new-message",
  },
  table_value: {
    title: "Unknown code (103)",
    nextStep: "Add the code to the receiver's table or to the translation in the engine.",
    retry: "after-fix",
  },
  value_too_long: {
    title: "Value too long (104)",
    nextStep: "Agree on a length with the receiver, or shorten it in the mapping.",
    retry: "new-message",
  },
  unsupported_type: {
    title: "Message type not supported (200–203)",
    nextStep:
      "The receiver does not know this type, event, processing id or version: filter it or have it added.",
    retry: "new-message",
  },
  unknown_key: {
    title: "Receiver does not know the record (204)",
    nextStep:
      "The patient, visit or order is missing there: check that the message that creates it got through.",
    retry: "after-fix",
  },
  duplicate_key: {
    title: "Receiver already has the record (205)",
    nextStep: "Usually sent twice; check whether the record is right there before doing anything.",
    retry: "new-message",
  },
  locked: {
    title: "Record is locked at the receiver (206)",
    nextStep: "Someone has it open; send again when it is free.",
    retry: "after-fix",
  },
  internal: {
    title: "Receiver's internal error (207)",
    nextStep: "Have the receiver's operator look at its log at this time.",
    retry: "after-fix",
  },
  transform_error: {
    title: "Transformer failed at the engine",
    nextStep: "Look at the transformer of this connector: a value it needs was missing or unexpected.",
    retry: "after-fix",
  },
  filter_error: {
    title: "Filter failed at the engine",
    nextStep: "Look at the filter of this connector; until it runs, nothing of this kind passes.",
    retry: "after-fix",
  },
  script_error: {
    title: "Script failed at the engine",
    nextStep: "Look at the script of this connector and what was deployed last.",
    retry: "after-fix",
  },
  response_error: {
    title: "Answer could not be handled",
    nextStep: "The receiver answered, but not in a form the engine expects; it may have the message already.",
    retry: "after-fix",
  },
  queue_full: {
    title: "Queue is full",
    nextStep: "Something behind it does not take messages: look at the destination's own failures first.",
    retry: "by-itself",
  },
  file_error: {
    title: "File could not be read or written",
    nextStep: "Check path, rights and free space of the folder.",
    retry: "after-fix",
  },
  database_error: {
    title: "Database refused",
    nextStep: "Check the connection and the statement of this connector with the database's operator.",
    retry: "after-fix",
  },
  dicom_refused: {
    title: "DICOM association refused",
    nextStep: "Check AE titles, host, port and the presentation contexts on both sides.",
    retry: "after-fix",
  },
  dicom_no_resources: {
    title: "Archive is out of resources (A7xx)",
    nextStep: "Have the archive's operator look at its free space and load; it can be sent again then.",
    retry: "after-fix",
  },
  dicom_wrong_dataset: {
    title: "Data set does not match its class (A9xx)",
    nextStep: "Have the sender's vendor compare the object with its SOP class: the device must change.",
    retry: "new-message",
  },
  dicom_not_understood: {
    title: "Archive cannot understand the object (Cxxx)",
    nextStep: "Look up the status code in the archive's conformance statement, and the same time in its log.",
    retry: "after-fix",
  },
  dicom_not_supported: {
    title: "SOP class not supported (0122)",
    nextStep: "Have the class added at the archive, or keep the device from sending it.",
    retry: "after-fix",
  },
  dicom_not_authorised: {
    title: "Not authorised by the archive (0124)",
    nextStep: "Have the sender's AE title and address allowed at the archive.",
    retry: "after-fix",
  },
  dicom_failed: {
    title: "DICOM transfer failed",
    nextStep: "Read the status code in the error text, and the archive's log at this time.",
    retry: "after-fix",
  },
  other: {
    title: "Failed for a reason not yet recognised",
    nextStep: "Read the error text below; the engine's own log has the details.",
    retry: "after-fix",
  },
};

export const retryOutlookText: Readonly<Record<RetryOutlook, string>> = {
  "by-itself": "The engine tries again by itself.",
  "after-fix": "Can be sent again once that is put right.",
  "new-message": "Sending the same message again will not help.",
};
