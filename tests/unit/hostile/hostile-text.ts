import fc from "fast-check";

const msh = "MSH|^~\\&|LAB|A|HIS|B|20260310||ORU^R01|1|P|2.5";

const bits = [
  ...[
    "MSH|^~\\&|",
    "MSH",
    "PID|1||",
    "ERR|^^^",
    "\r",
    "\n",
    "\u000b",
    "\u001c",
    "|",
    "^",
    "~",
    "\\X0D\\",
    "\\",
  ],
  ...["{", "}", "[", "]", '"', ":", ",", '{"kind":"delivery"', "1e400", "null", "__proto__", "constructor"],
  ...[
    "<",
    ">",
    "</a>",
    "<a>",
    "<!DOCTYPE a [",
    "<!ENTITY x",
    "&x;",
    "&#x1;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?xml",
    "<AuditMessage>",
    "</AuditMessage>",
    '<EventID code="',
    'ParticipantObjectID="',
    "12 <85>1 ",
    '[a b="',
  ],
  ...[
    "=1+1",
    "@SUM(",
    "\t",
    "\u0000",
    "\ud800",
    "\udc00",
    "\ufeff",
    "\u202e",
    "＝1",
    "%00",
    "%",
    "..",
    "7.1.2",
  ],
  ...["2026-03-10T10:00:00Z", "last 24 hours", "-1", "9999999999999999999999"],
];

/** Texts put together from what parsers look for, and any other text: lone surrogates and NUL among them. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.constantFrom(...bits), { maxLength: 25 }).map((parts) => parts.join("")),
  fc
    .array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 25 })
    .map((parts) => msh + parts.join("")),
  fc.json({ maxDepth: 4 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    .map((units) => String.fromCharCode(...units)),
);

/** Long or deep beyond all reason. */
export const largeTexts: Readonly<Record<string, string>> = {
  "a field of 10 MB": `${msh}\rPID|1||${"x".repeat(10_000_000)}`,
  "16 MB of segments": `${msh}\r${"OBX|1|TX|1^Finding^L||some text of a finding, and more|||N|||F\r".repeat(250_000)}`,
  "200,000 message headers": `${msh}\r`.repeat(200_000),
  "200,000 segments": `${msh}\r${"NTE|1\r".repeat(200_000)}`,
  "200,000 components": `${msh}\rPID|${"^".repeat(200_000)}`,
  "200,000 repetitions": `${msh}\rPID|${"~".repeat(200_000)}`,
  "200,000 escape marks": `${msh}\rPID|${"\\".repeat(200_000)}`,
  "a header that is nothing else": `MSH${"|".repeat(200_000)}`,
  "200,000 line ends": "\r".repeat(200_000),
  "200,000 blanks": " ".repeat(200_000),
  "200,000 NULs": "\u0000".repeat(200_000),
  "200,000 lone surrogates": "\ud800".repeat(200_000),
  "JSON 100,000 deep": "[".repeat(100_000) + "]".repeat(100_000),
  "JSON objects 100,000 deep": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  "an item with 100,000 names": `[{${Array.from({ length: 100_000 }, (_, i) => `"n${i}":1`).join(",")}}]`,
  "a number of 200,000 digits": `[${"9".repeat(200_000)}]`,
  "100,000 parameters": Array.from({ length: 100_000 }, (_, i) => `p${i}=`).join("&"),
  "200,000 quotes": '"'.repeat(200_000),
  "200,000 numbers": "1234 ".repeat(40_000),
  "200,000 letters and digits": "a1".repeat(100_000),
  "200,000 at signs": "a@".repeat(100_000),
  "200,000 carets": "^".repeat(200_000),
  "XML 10,000 deep": "<a>".repeat(10_000) + "</a>".repeat(10_000),
  "XML that never closes": "<a>".repeat(100_000),
  "200,000 angle brackets": "<".repeat(200_000),
  "an attribute list without end": `<a ${"b='c' ".repeat(50_000)}`,
  "50,000 begins of syslog messages": "1 <85>1 ".repeat(50_000),
  "200,000 ends of documents": "</AuditMessage>".repeat(200_000),
  "structured data without end": `[a ${'b="c" '.repeat(50_000)}`,
  "200,000 commas": ",".repeat(200_000),
  "an entity bomb": `<!DOCTYPE a [${'<!ENTITY b "&a;&a;">'.repeat(1_000)}]><a>&b;</a>`,
};
