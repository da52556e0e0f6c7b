import { parseXml, withoutElements, type XmlElement } from "./xml";

/**
 * The parsed `body` of a page, once for each page object: the stream that read it needs to look into it, and so does
 * normalise. Lists of rows are read without the parts that say nothing there.
 * @throws AppError source_protocol when it is not XML
 */
export function parsedBody(page: { readonly kind: string; readonly body: string }): XmlElement {
  const known = parsed.get(page);
  if (known !== undefined) return known;
  const root = parseXml(
    page.kind === "messages" ? withoutElements(page.body, EMPTY_WITHOUT_CONTENT) : page.body,
  );
  parsed.set(page, root);
  return root;
}

/** What the engine prints of every row although no content was asked for. */
export const EMPTY_WITHOUT_CONTENT = [
  "sourceMapContent",
  "connectorMapContent",
  "channelMapContent",
  "responseMapContent",
  "processingErrorContent",
  "postProcessorErrorContent",
  "responseErrorContent",
  "timezone",
] as const;

const parsed = new WeakMap<object, XmlElement>();
