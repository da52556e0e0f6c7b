import { maskShape } from "./mask-shape";

/**
 * Masks an XML document (CDA, FHIR, engines' own): element and attribute names and the vocabulary attributes stay, all
 * text, comments, CDATA and other attribute values are masked. Works on broken XML too, where it masks at least as much.
 */
export function maskXml(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^<>]*>|[^<]+|</g, (piece) => {
    if (/^<[?/A-Za-z]/.test(piece)) return maskAttributes(piece);
    return maskShape(piece);
  });
}

const vocabularyAttributes = /^(xmlns(:.*)?|version|encoding|codeSystem|codeSystemName|xsi:type)$/;

function maskAttributes(tag: string): string {
  const isSystem = /^<system\s/.test(tag);
  return tag.replace(
    /([^\s=<>"']+)(\s*=\s*)("[^"]*"|'[^']*')/g,
    (whole: string, name: string, equals: string, value: string) =>
      isSystem || vocabularyAttributes.test(name) ? whole : `${name}${equals}${maskShape(value)}`,
  );
}
