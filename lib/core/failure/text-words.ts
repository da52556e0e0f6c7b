import { technicalVocabulary } from "./vocabulary";

/** More words would say little more of a cause. */
const MAX_WORDS = 24;
/** Lines of a text that say what happened; below them stand the frames of the stack. */
const MAX_LINES = 4;
/**
 * What an error text says, as the words of machines in it, in order and each once. Everything else goes: numbers, names,
 * identifiers, hosts, paths. An allow-list, so that what nobody foresaw goes too.
 */
export function wordsOf(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const frame = lines.find((line) => FRAME.test(line));
  const said = lines.filter((line) => !FRAME.test(line) && !MORE.test(line) && !CAUSE.test(line));
  const words = uniqueWords(said.slice(0, MAX_LINES).join("\n"));
  const isBare = said.length === 1 && BARE_CLASS.test(said[0] ?? "");
  const thrown = isBare && frame !== undefined ? uniqueWords(placeOfFrame(frame)) : [];
  return [...new Set([...words, ...thrown])].slice(0, MAX_WORDS);
}

/** An exception that says nothing but its class is told from others by where it was thrown. */
const BARE_CLASS = /^\s*[\w.$]+(?:Exception|Error)(?::\s*null)?:?\s*$/;

function placeOfFrame(frame: string): string {
  return frame.replace(/\([^)]*\)\s*$/, "").replaceAll(".", " ");
}

const FRAME = /^\s*at\s+\S/;
const MORE = /^\s*\.\.\. \d+ (?:more|common)/;
const CAUSE = /^\s*(?:Caused by|Suppressed):/;

function uniqueWords(text: string): readonly string[] {
  const chunks = text
    .replace(/‹[^›]*›/g, " ")
    .replace(/\b(\w+)n['’]t\b/gi, " not ")
    .match(CHUNK);
  return [...new Set((chunks ?? []).flatMap(wordsOfChunk))];
}

const CHUNK = /[^\s,;:()[\]{}"'’=<>|!?…^&~*#$%+`]+/g;

function wordsOfChunk(chunk: string): readonly string[] {
  const bare = chunk.replace(/^[.\-_]+|[.\-_]+$/g, "");
  if (/[\p{N}@/\\]/u.test(bare)) return [];
  // A class with its package counts by its own name; any other dotted chunk is a host, a file or an address.
  const name = bare.includes(".") ? classNameOf(bare) : bare;
  if (name === undefined) return [];
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s\-_.]+/)
    .map((part) => part.toLowerCase())
    .filter((part) => technicalVocabulary.has(part));
}

function classNameOf(dotted: string): string | undefined {
  const last = dotted.split(".").at(-1) ?? "";
  return /^[A-Z][A-Za-z]*[a-z][A-Za-z]*$/.test(last) ? last : undefined;
}
