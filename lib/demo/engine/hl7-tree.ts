import { escapeXml } from "./print-xml";

/** The engine's own XML form of HL7: `<MSH><MSH.3><MSH.3.1>…`. */
export function hl7Tree(raw: string): string {
  if (!raw.startsWith("MSH")) return raw;
  const segments = raw.split("\r").filter((segment) => segment !== "");
  return `<HL7Message>${segments.map(segmentTree).join("")}</HL7Message>`;
}

function segmentTree(segment: string): string {
  const [name = "", ...fields] = segment.split("|");
  // MSH-1 is the separator itself, so fields of MSH count from two.
  const numbered = name === "MSH" ? ["|", ...fields] : fields;
  const body = numbered.map((field, index) => fieldTree(`${name}.${index + 1}`, field)).join("");
  return `<${name}>${body}</${name}>`;
}

function fieldTree(tag: string, field: string): string {
  if (field === "") return `<${tag}/>`;
  if (tag === "MSH.1" || tag === "MSH.2") return `<${tag}>${escapeXml(field)}</${tag}>`;
  const components = field.split("^").map((text, index) => {
    const name = `${tag}.${index + 1}`;
    return text === "" ? `<${name}/>` : `<${name}>${escapeXml(text)}</${name}>`;
  });
  return `<${tag}>${components.join("")}</${tag}>`;
}
