/** A coded value, in either spelling: `csd-code`/`originalText` of DICOM or `code`/`displayName` of RFC 3881. */
export type AuditCode = {
  readonly code: string;
  readonly display: string | undefined;
  readonly system: string | undefined;
};

export type AuditParticipant = {
  readonly userId: string;
  readonly alternativeId: string | undefined;
  readonly name: string | undefined;
  /** RFC 3881 takes it for true where it is not said. */
  readonly isRequestor: boolean;
  readonly roles: readonly AuditCode[];
  /** Host name or address, as the sender claims it. */
  readonly accessPoint: string | undefined;
};

export type AuditObject = {
  readonly id: string;
  readonly idType: AuditCode | undefined;
  /** 1 person, 2 system, 3 organisation, 4 other. */
  readonly type: string | undefined;
  /** 1 patient, 3 report, 4 resource, 20 job, 24 query, … */
  readonly role: string | undefined;
  readonly name: string | undefined;
  /** Decoded. */
  readonly query: string | undefined;
  /** Decoded values by their type. */
  readonly details: readonly { readonly type: string; readonly value: string }[];
  readonly accessions: readonly string[];
  readonly studies: readonly string[];
};

/** An audit message (DICOM PS3.15, A.5; RFC 3881) as it was sent. Absent is undefined. */
export type AuditMessage = {
  readonly event: AuditCode;
  readonly eventTypes: readonly AuditCode[];
  readonly action: string | undefined;
  readonly dateTime: string | undefined;
  /** 0 success, 4 minor, 8 serious, 12 major failure. */
  readonly outcome: string | undefined;
  readonly outcomeText: string | undefined;
  readonly purposes: readonly AuditCode[];
  readonly participants: readonly AuditParticipant[];
  readonly source: { readonly id: string | undefined; readonly site: string | undefined };
  readonly sourceTypes: readonly string[];
  readonly objects: readonly AuditObject[];
};
