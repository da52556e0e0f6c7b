import { AppError } from "@/lib/core/errors";
import { textDecoderOf } from "./character-set";
import type { Dataset, DicomElement } from "./dataset";
import { tagOf, vrOfTag } from "./vocabulary";

/** How elements are written: with their value representation or without; always little endian (PS3.5, A.1 and A.2). */
export type Encoding = "implicit" | "explicit";

/**
 * Reads a data set as it crosses the network. Only attributes of the vocabulary are kept; others are passed over by their
 * length. @throws AppError source_protocol for bytes that are no data set, or one with too many or too deep elements
 */
export function readDatasetBytes(bytes: Buffer, encoding: Encoding): Dataset {
  const reader: Reader = { bytes, encoding, at: 0, left: MAX_ELEMENTS };
  return readElements(reader, { end: bytes.length, depth: 0, decode: textDecoderOf([]), isOpen: false });
}

/** More than any answer to a search or procedure step has. */
const MAX_ELEMENTS = 200_000;
const MAX_DEPTH = 16;
const UNDEFINED = 0xffff_ffff;
const ITEM = "FFFEE000";
const ITEM_END = "FFFEE00D";
const SEQUENCE_END = "FFFEE0DD";

type Reader = { readonly bytes: Buffer; readonly encoding: Encoding; at: number; left: number };

type Level = {
  readonly end: number;
  readonly depth: number;
  readonly decode: (bytes: Buffer) => string;
  /** Ends by a delimiter and not by its length. */
  readonly isOpen: boolean;
};

type Head = { readonly tag: string; readonly vr: string; readonly length: number };

function readElements(reader: Reader, level: Level): Dataset {
  const dataset = new Map<string, DicomElement>();
  let { decode } = level;
  while (reader.at < level.end) {
    const head = readHead(reader, level.end);
    if (head.tag === ITEM_END && level.isOpen) return dataset;
    const element = readElement(reader, head, { ...level, decode });
    if (!isKept(head.tag)) continue;
    dataset.set(head.tag, element);
    if (head.tag === CHARACTER_SET) decode = textDecoderOf(element.texts);
  }
  if (level.isOpen) throw broken();
  return dataset;
}

const CHARACTER_SET = tagOf("SpecificCharacterSet");

function isKept(tag: string): boolean {
  return vrOfTag(tag) !== undefined;
}

function readElement(reader: Reader, head: Head, level: Level): DicomElement {
  const { tag, length } = head;
  const vr = vrOfTag(tag) ?? head.vr;
  // Only a sequence may have no length here; pixels do not come this way.
  if (vr === "SQ" || length === UNDEFINED) {
    return { vr: "SQ", texts: [], items: readSequence(reader, length, level) };
  }
  const end = reader.at + length;
  if (end > level.end) throw broken();
  const value = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return { vr, texts: isKept(tag) && length > 0 ? textsOf(value, vr, level.decode) : [], items: [] };
}

function readSequence(reader: Reader, length: number, level: Level): readonly Dataset[] {
  if (level.depth >= MAX_DEPTH) throw broken();
  const isOpen = length === UNDEFINED;
  const end = isOpen ? level.end : reader.at + length;
  if (end > level.end) throw broken();
  const items: Dataset[] = [];
  while (reader.at < end) {
    const head = readHead(reader, end);
    if (head.tag === SEQUENCE_END && isOpen) return items;
    if (head.tag !== ITEM) throw broken();
    const isItemOpen = head.length === UNDEFINED;
    const itemEnd = isItemOpen ? end : reader.at + head.length;
    if (itemEnd > end) throw broken();
    items.push(readElements(reader, { ...level, end: itemEnd, depth: level.depth + 1, isOpen: isItemOpen }));
  }
  if (isOpen) throw broken();
  return items;
}

/** Tag, representation and length (PS3.5, 7.1). Items and delimiters have no representation. */
function readHead(reader: Reader, end: number): Head {
  reader.left -= 1;
  if (reader.left < 0 || reader.at + 8 > end) throw broken();
  const { bytes, at } = reader;
  const tag = hex(bytes.readUInt16LE(at)) + hex(bytes.readUInt16LE(at + 2));
  if (reader.encoding === "implicit" || tag.startsWith("FFFE")) {
    reader.at += 8;
    return { tag, vr: "UN", length: bytes.readUInt32LE(at + 4) };
  }
  const vr = bytes.toString("latin1", at + 4, at + 6);
  if (!/^[A-Z]{2}$/.test(vr)) throw broken();
  if (!longForms.has(vr)) {
    reader.at += 8;
    return { tag, vr, length: bytes.readUInt16LE(at + 6) };
  }
  if (at + 12 > end) throw broken();
  reader.at += 12;
  return { tag, vr, length: bytes.readUInt32LE(at + 8) };
}

/** Representations whose length takes 32 bits (PS3.5, table 7.1-1). */
const longForms: ReadonlySet<string> = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));

/** Texts of the default repertoire, whatever the data set's character set is (PS3.5, 6.1.2.3). */
const plainTexts: ReadonlySet<string> = new Set("AE AS CS DA DS DT IS TM UI".split(" "));

function textsOf(value: Buffer, vr: string, decode: Level["decode"]): readonly string[] {
  const text = plainTexts.has(vr) ? value.toString("latin1") : decode(value);
  return vr === "UT" ? [text] : text.split("\\");
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}

function broken(): AppError {
  return new AppError("source_protocol", "These bytes are no DICOM data set.", {
    info: { kind: "not_dicom" },
  });
}
