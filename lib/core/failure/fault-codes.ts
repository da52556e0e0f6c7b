/** Names of segments of HL7 v2 that errors speak of; any Z segment counts too. */
const SEGMENT =
  "(?:MSH|MSA|ERR|EVN|PID|PD1|PV1|PV2|NK1|AL1|IAM|DG1|DRG|PR1|GT1|IN1|IN2|IN3|ROL|PRT|MRG|ORC|OBR|OBX|NTE|TQ1|TQ2|SPM|SAC|IPC|TXA|SCH|RGS|AIS|AIG|AIL|AIP|RXO|RXE|RXA|RXR|RXD|RXC|FT1|ACC|DB1|CTI|CTD|FHS|BHS|BTS|FTS|QRD|QRF|QPD|QAK|RCP|DSP|STF|PRA|MFI|MFE|ARV|UB1|UB2|BLG|CM1|LOC|ODS|Z[A-Z0-9]{2})";

const PLACES: readonly RegExp[] = [
  // PID-3, PID.3.1, PID[1]-5, PID(2).5
  new RegExp(
    `(?<![A-Za-z0-9])(${SEGMENT})(?:[[(]\\d{1,2}[\\])])?[-.](\\d{1,3})(?:[.-](\\d{1,2}))?(?![\\d\\p{L}])`,
    "u",
  ),
  // PID^1^3, PID^1^3^1^2: ERR-2
  new RegExp(`(?<![A-Za-z0-9])(${SEGMENT})\\^\\d{0,3}\\^(\\d{1,3})(?:\\^\\d{0,2}\\^(\\d{1,2}))?(?!\\d)`),
  // segment PID, field 3
  new RegExp(
    `\\b(${SEGMENT})\\b[^\\r\\n\\p{L}\\d]{0,3}(?:segment\\W{1,3})?field\\W{1,3}(?:no\\.?\\W|number\\W|#)?(\\d{1,3})(?!\\d)(?:\\W{1,3}component\\W{1,3}(\\d{1,2}))?`,
    "iu",
  ),
  // field 3 of segment PID
  new RegExp(
    `\\bfield\\W{1,3}(\\d{1,3})(?!\\d)\\W{1,3}(?:of|in)\\W(?:the\\W)?(?:segment\\W{1,3})?(${SEGMENT})\\b`,
    "i",
  ),
  // a segment alone
  new RegExp(`\\b(${SEGMENT})\\b(?=\\W{1,2}segment)|\\bsegment\\W{1,3}(${SEGMENT})\\b`),
];

/** Where in a message the fault is said to be: "PID-3", "OBX-5.1", "ZDS"; undefined where the text names no place. */
export function placeIn(text: string): string | undefined {
  for (const pattern of PLACES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const parts = found.slice(1).filter((part) => part !== undefined);
    const segment = parts.find((part) => /^[A-Za-z]/.test(part));
    const [field, component] = parts.filter((part) => /^\d/.test(part)).map(Number);
    if (segment === undefined) continue;
    const name = segment.toUpperCase();
    if (field === undefined) return name;
    return component === undefined ? `${name}-${field}` : `${name}-${field}.${component}`;
  }
  return undefined;
}

type CodeRule = { readonly pattern: RegExp; readonly name: (found: string) => string };

const CODES: readonly CodeRule[] = [
  { pattern: /"([a-z][a-z0-9_]{0,60}_(?:pkey|fkey|key|idx|check))"/, name: (code) => code },
  {
    pattern:
      /\bHTTP(?:\/\d(?:\.\d)?)?[\s:=]*(?:(?:status|response|error)(?:[\s-]?code)?[\s:=]*)?([1-5]\d\d)\b/i,
    name: (code) => `HTTP ${code}`,
  },
  {
    pattern: /\bstatus(?:[\s-]?code)?[\s:=]*(?:of\s|was\s|is\s)?([1-5]\d\d)\b/i,
    name: (code) => `HTTP ${code}`,
  },
  {
    pattern: /\b(?:returned|server error|client error|got|answered)[\s:]*(4\d\d|5\d\d)\b/i,
    name: (code) => `HTTP ${code}`,
  },
  { pattern: /\b0x0*([0-9A-F]{4})(?:H)?\b/i, name: (code) => code.toUpperCase() },
  {
    pattern: /\b(?:DICOM|DIMSE|C-\w+|status)\b[^\r\n]{0,40}?\b([ABC][0-9A-F]{3}|01[0-2][0-9A-F])H?\b/,
    name: (code) => code,
  },
  { pattern: /\b(ORA-\d{5})\b/, name: (code) => code },
  { pattern: /\bSQLSTATE\W{0,3}([0-9A-Z]{5})\b/i, name: (code) => `SQLSTATE ${code.toUpperCase()}` },
  {
    pattern: /(?:ERR-3|ERR|error(?:\scode)?|code|0357|\(|[|^])[\s:=|^(]*(10[0-4]|20[0-7])(?![\d.])/i,
    name: (code) => code,
  },
  { pattern: /\b(?:table\W{1,2}(?:HL7)?|HL7)(0\d{3})\b/i, name: (code) => `table ${code}` },
  {
    pattern: /\(([0-9A-Fa-f]{4},\s?[0-9A-Fa-f]{4})\)/,
    name: (code) => `(${code.toUpperCase().replace(/\s/, "")})`,
  },
  {
    pattern:
      /\b(E(?:CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|PIPE|NOSPC|ACCES|NOENT|MFILE))\b/,
    name: (code) => code,
  },
];

/** Codes of the field that a text gives, the first of each kind: "HTTP 503", "A700", "ORA-00001", "101". */
export function codesIn(text: string): readonly string[] {
  const found = CODES.flatMap(({ pattern, name }) => {
    const code = pattern.exec(text)?.[1];
    return code === undefined ? [] : [name(code)];
  });
  return [...new Set(found)];
}
