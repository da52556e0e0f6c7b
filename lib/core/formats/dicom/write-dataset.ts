import { attributes, isKeyword, type Keyword } from "./vocabulary";

/** What a search asks for: an empty text is a field that is to be given back. */
export type Wanted = { readonly [K in Keyword]?: string | readonly Wanted[] };

/** Writes a data set in the implicit little endian form, which every DICOM system takes (PS3.5, A.1), with UTF-8 texts. */
export function writeDataset(wanted: Wanted): Buffer {
  const entries = Object.entries(wanted).flatMap(([keyword, value]) => {
    if (!isKeyword(keyword)) return [];
    const [tag, vr] = attributes[keyword];
    return [{ tag, vr, value }];
  });
  // Elements stand in the order of their tags.
  entries.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return Buffer.concat(entries.map(({ tag, vr, value }) => writeElement(tag, valueBytes(value, vr))));
}

/** One element with its bytes. */
export function writeElement(tag: string, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

/** A value has an even number of bytes: a UID is filled up with NUL, a text with a blank (PS3.5, 6.2). */
export function paddedText(text: string, vr: string): Buffer {
  const isOdd = Buffer.byteLength(text) % 2 === 1;
  return Buffer.from(isOdd ? text + (vr === "UI" ? "\u0000" : " ") : text);
}

function valueBytes(value: string | readonly Wanted[], vr: string): Buffer {
  if (typeof value === "string") return paddedText(value, vr);
  return Buffer.concat(value.map((item) => writeElement("FFFEE000", writeDataset(item))));
}
