/** Which custom column of a channel seems to hold what, by its name. Absent = no column is named so. */
export type ProposedMapping = {
  readonly controlId?: string;
  readonly accession?: string;
  readonly orderNumber?: string;
  readonly mrn?: string;
};

/**
 * Proposes from column names, for a person to confirm: a name says what somebody meant, not what is in it. The issuer of
 * an MRN (CX.4) cannot be read from a name and is never proposed.
 */
export function proposeMapping(columns: readonly string[]): ProposedMapping {
  const named = columns.map((column) => ({ column, plain: column.toUpperCase().replace(/[^A-Z0-9]/g, "") }));
  const find = (names: readonly string[]) => {
    for (const name of names) {
      const found = named.find(({ plain }) => plain === name);
      if (found !== undefined) return found.column;
    }
    return undefined;
  };
  const mapping = Object.entries(columnNames).map(([holds, names]) => [holds, find(names)] as const);
  return Object.fromEntries(mapping.filter(([, column]) => column !== undefined));
}

/** In order of trust; letters and digits only, so that CONTROL_ID and control-id are one. HL7 v2 fields by their position. */
const columnNames: Readonly<Record<keyof ProposedMapping, readonly string[]>> = {
  controlId: ["CONTROLID", "MESSAGECONTROLID", "MSGCONTROLID", "MSH10", "MSGCTRLID", "CTRLID"],
  accession: ["ACCESSIONNUMBER", "ACCESSION", "ACCESSIONNO", "ACCESSIONID", "ACCNO", "ACCNUM", "ACSN"],
  orderNumber: [
    "PLACERORDERNUMBER",
    "PLACERORDER",
    "ORDERNUMBER",
    "ORDERNO",
    "ORDERID",
    "ORC2",
    "OBR2",
    "FILLERORDERNUMBER",
    "FILLERORDER",
    "ORC3",
    "OBR3",
  ],
  mrn: ["MRN", "PATIENTMRN", "MEDICALRECORDNUMBER", "MEDRECNO", "PATIENTID", "PID3", "PATIENTNUMBER"],
};
