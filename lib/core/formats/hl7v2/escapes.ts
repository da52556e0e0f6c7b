import type { Separators } from "./separators";

/**
 * Resolves the escape sequences of one value (HL7 v2.9, chapter 2.7): \F\ \S\ \T\ \R\ \E\ delimiters, \Xhh..\ bytes as
 * Latin-1, \.br\ and \.sp\ line ends. Highlighting (\H\ \N\) is dropped; sequences for other character sets (\C \M) and
 * local ones (\Z) are kept as written, since their meaning is not ours to guess.
 */
export function unescapeValue(text: string, separators: Separators): string {
  const { escapeMark } = separators;
  if (escapeMark === "" || !text.includes(escapeMark)) return text;
  let out = "";
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf(escapeMark, at);
    const end = start < 0 ? -1 : text.indexOf(escapeMark, start + 1);
    // A lone escape character is data that a sloppy sender did not escape.
    if (end < 0) return out + text.slice(at);
    const meaning = meaningOf(text.slice(start + 1, end), separators);
    out += text.slice(at, start) + (meaning ?? text.slice(start, end + 1));
    at = end + 1;
  }
  return out;
}

/** Writes a value so that no character of it delimits. `unescapeValue` gives it back. */
export function escapeValue(text: string, separators: Separators): string {
  const { field, component, repetition, escapeMark, subcomponent } = separators;
  if (escapeMark === "") return text;
  const letters: Readonly<Record<string, string>> = {
    [escapeMark]: "E",
    [field]: "F",
    [component]: "S",
    [repetition]: "R",
    [subcomponent]: "T",
    "\r": "X0D",
    "\n": "X0A",
  };
  return [...text]
    .map((character) => {
      const letter = letters[character];
      return letter ? `${escapeMark}${letter}${escapeMark}` : character;
    })
    .join("");
}

function meaningOf(sequence: string, separators: Separators): string | undefined {
  switch (sequence) {
    case "F":
      return separators.field;
    case "S":
      return separators.component;
    case "T":
      return separators.subcomponent;
    case "R":
      return separators.repetition;
    case "E":
      return separators.escapeMark;
    case "H":
    case "N":
      return "";
    default:
      return /^\.(br|sp)\d*$/i.test(sequence) ? "\n" : bytesOf(sequence);
  }
}

function bytesOf(sequence: string): string | undefined {
  if (!/^X([0-9a-f]{2})+$/i.test(sequence)) return undefined;
  const pairs = sequence.slice(1).match(/../g) ?? [];
  return pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");
}
