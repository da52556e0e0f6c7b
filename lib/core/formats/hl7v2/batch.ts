/** The messages of one text, each from its MSH to the next, and whether headers of a batch stand around them. */
export type SplitText = {
  readonly messages: readonly string[];
  readonly isBatch: boolean;
  /** More messages than are taken at once: the text is left whole. */
  readonly isTooMany: boolean;
};

const MAX_MESSAGES = 5_000;

/**
 * Takes a text apart into its messages. Headers and trailers of batches and files (FHS, BHS, BTS, FTS; HL7 v2.9, 2.10.3)
 * belong to none. A text that has no MSH, or something else before its first, comes back whole.
 */
export function splitMessages(text: string): SplitText {
  const body = text.trimStart();
  const isBatch = /^(FHS|BHS)/.test(body);
  if (!isBatch && (!body.startsWith("MSH") || !ANOTHER.test(body))) return whole(text, isBatch);
  const messages: string[] = [];
  let from: number | undefined;
  for (const { index, 0: name } of body.matchAll(BOUNDARY)) {
    if (from !== undefined) messages.push(body.slice(from, index));
    if (messages.length > MAX_MESSAGES) return { messages: [text], isBatch, isTooMany: true };
    from = name === "MSH" ? index : undefined;
  }
  if (from !== undefined) messages.push(body.slice(from));
  return messages.length === 0 ? whole(text, isBatch) : { messages, isBatch, isTooMany: false };
}

function whole(text: string, isBatch: boolean): SplitText {
  return { messages: [text], isBatch, isTooMany: false };
}

const ANOTHER = /[\r\n](MSH|BTS|FTS|FHS|BHS)[^A-Za-z0-9\s]/;
/** The beginning of a line that begins or ends a message. */
const BOUNDARY = /(?<=^|[\r\n])(MSH|BTS|FTS|FHS|BHS)(?=[^A-Za-z0-9\s])/g;
