/** Encodings of which a line end is known without knowing the text around it. */
export const recordEncodings = [
  "utf-8",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-15",
  "shift_jis",
  "gb18030",
  "utf-16le",
] as const;
export type RecordEncoding = (typeof recordEncodings)[number];

/** Whole records, and how many bytes they took: what follows is not whole yet. */
export type Split = { readonly records: readonly string[]; readonly taken: number };

const LF = 0x0a;
const QUOTE = 0x22;

/**
 * Cuts bytes into records, each ended by a line end; the last part without one is left for later, since its writer may still
 * be at work. With `hasQuotes` a line end between quotes is part of the record (RFC 4180, 2.6). A record longer than
 * `maxBytes` is cut there, so that one stray quote does not swallow a file.
 */
export function splitRecords(
  bytes: Buffer,
  how: {
    readonly encoding: RecordEncoding;
    readonly hasQuotes: boolean;
    readonly maxBytes: number;
    readonly maxRecords: number;
  },
): Split {
  const unit = how.encoding === "utf-16le" ? 2 : 1;
  const decoder = new TextDecoder(how.encoding, { ignoreBOM: true });
  const records: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at + unit <= bytes.length && records.length < how.maxRecords; at += unit) {
    const code = unit === 2 ? bytes.readUInt16LE(at) : bytes[at];
    if (code === QUOTE && how.hasQuotes) isQuoted = !isQuoted;
    const isEnd = (code === LF && !isQuoted) || at + unit - start >= how.maxBytes;
    if (!isEnd) continue;
    const text = decoder.decode(bytes.subarray(start, at + unit));
    records.push(text.replace(/^\uFEFF/, "").replace(/\r?\n$/, ""));
    start = at + unit;
    isQuoted = false;
  }
  return { records, taken: start };
}
