/**
 * Reads texts in the character set that a data set names (0008,0005; PS3.3, C.12.1.1.2). Where it names none or one that is
 * not known, UTF-8 is taken when the bytes are valid UTF-8, and Windows-1252 otherwise, in which every byte means something.
 */
export function textDecoderOf(names: readonly string[]): (bytes: Buffer) => string {
  const known = names.map((name) => name.trim().replace(/^ISO 2022 IR /, "ISO_IR "));
  const multiByte = known.map((name) => multiByteSets[name]).find((encoding) => encoding !== undefined);
  const encoding = multiByte ?? encodings[known[0] ?? ""];
  if (encoding === undefined) return decodeUnnamed;
  // ISO-2022-JP is made of its escape sequences; all others are understood without them (PS3.5, 6.1.2.5).
  if (encoding === "iso-2022-jp") return (bytes) => decode(bytes, encoding);
  return (bytes) => decode(bytes, encoding).replace(escapes, "");
}

// The escape character is U+001B; a pattern made of text may hold it.
const escapes = new RegExp(`${String.fromCharCode(0x1b)}[\\x20-\\x2f]+[\\x30-\\x7e]`, "g");

/** To WHATWG encodings. */
const encodings: Readonly<Record<string, string>> = {
  ISO_IR_100: "windows-1252",
  "ISO_IR 6": "utf-8",
  "ISO_IR 100": "windows-1252",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 109": "iso-8859-3",
  "ISO_IR 110": "iso-8859-4",
  "ISO_IR 144": "iso-8859-5",
  "ISO_IR 127": "iso-8859-6",
  "ISO_IR 126": "iso-8859-7",
  "ISO_IR 138": "iso-8859-8",
  "ISO_IR 148": "windows-1254",
  "ISO_IR 203": "iso-8859-15",
  "ISO_IR 166": "windows-874",
  "ISO_IR 13": "shift_jis",
  "ISO_IR 192": "utf-8",
  GB18030: "gb18030",
  GBK: "gb18030",
};

/** Sets that another one is extended by, in whichever place they are named. */
const multiByteSets: Readonly<Record<string, string>> = {
  "ISO_IR 87": "iso-2022-jp",
  "ISO_IR 159": "iso-2022-jp",
  "ISO_IR 149": "euc-kr",
  "ISO_IR 58": "gb18030",
};

function decode(bytes: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function decodeUnnamed(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the only reason for which a fatal decoder throws.
    return decode(bytes, "windows-1252");
  }
}
