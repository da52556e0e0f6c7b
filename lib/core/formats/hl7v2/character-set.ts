import { readSeparators } from "./separators";

/** A message as text, and how its bytes were read. */
export type DecodedHl7 = {
  readonly text: string;
  /** WHATWG name of the encoding. */
  readonly encoding: string;
  /** Whether the message named another character set than the one its bytes are in, or one that is not known. */
  readonly isGuess: boolean;
};

/** What a sender that names no character set may be known to use, as HL7 table 0211 names it. */
export const characterSets = ["UNICODE UTF-8", "8859/1", "8859/2", "8859/5", "8859/9", "8859/15"] as const;

/**
 * HL7 table 0211 (v2.9, 2.C.2.167) to WHATWG encodings. Alternate character sets that switch by escape sequences (ISO IR14,
 * ISO IR87, ISO IR159) are ISO-2022-JP there.
 */
const encodings: Readonly<Record<string, string>> = {
  ASCII: "utf-8",
  "8859/1": "windows-1252",
  "8859/2": "iso-8859-2",
  "8859/3": "iso-8859-3",
  "8859/4": "iso-8859-4",
  "8859/5": "iso-8859-5",
  "8859/6": "iso-8859-6",
  "8859/7": "iso-8859-7",
  "8859/8": "iso-8859-8",
  "8859/9": "windows-1254",
  "8859/15": "iso-8859-15",
  "ISO IR14": "iso-2022-jp",
  "ISO IR87": "iso-2022-jp",
  "ISO IR159": "iso-2022-jp",
  "GB 18030-2000": "gb18030",
  "KS X 1001": "euc-kr",
  "CNS 11643-1992": "big5",
  "BIG-5": "big5",
  UNICODE: "utf-8",
  "UNICODE UTF-8": "utf-8",
  "UNICODE UTF-16": "utf-16be",
};

/**
 * Reads the bytes of a message by its MSH-18. Without one, with one that is not known, or where the bytes are not what it
 * says, UTF-8 is taken when the bytes are valid UTF-8, and Windows-1252 otherwise, in which every byte means something.
 * A byte order mark decides before all else and is taken off. `usual` is what a message that names none is in.
 */
export function decodeHl7(bytes: Buffer, usual?: (typeof characterSets)[number]): DecodedHl7 {
  const mark = markedEncoding(bytes);
  if (mark !== undefined) return { text: decode(bytes, mark), encoding: mark, isGuess: false };
  const encoding = namedEncoding(bytes) ?? (usual && encodings[usual]);
  if (encoding !== undefined && encoding !== "utf-8") {
    return { text: decode(bytes, encoding), encoding, isGuess: false };
  }
  const text = decodeUtf8(bytes);
  if (text === undefined)
    return { text: decode(bytes, "windows-1252"), encoding: "windows-1252", isGuess: true };
  // Only ASCII takes one byte a character.
  const isAscii = text.length === bytes.length;
  return { text, encoding: "utf-8", isGuess: !isAscii && encoding === undefined };
}

/**
 * What MSH-18 means: its first repetition, or the one that an alternate set of a later repetition switches within. Undefined
 * where it is empty or not known. Header segments are ASCII up to there.
 */
function namedEncoding(bytes: Buffer): string | undefined {
  const header = /^\s*(MSH[^\r\n]*)/.exec(bytes.toString("latin1", 0, 2_048))?.[1];
  if (header === undefined) return undefined;
  const { field, repetition } = readSeparators(header);
  const value = header.split(field)[17] ?? "";
  const names = (repetition === "" ? [value] : value.split(repetition)).map((name) =>
    name.trim().toUpperCase(),
  );
  const switching = names.map((name) => encodings[name]).find((name) => name === "iso-2022-jp");
  return switching ?? encodings[names[0] ?? ""];
}

function markedEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return undefined;
}

function decode(bytes: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the only reason for which a fatal decoder throws.
    return undefined;
  }
}
