/** What the parts of a content are called; keys as connectors name them. */
export const partTitles = {
  raw: "Raw",
  processedRaw: "Raw, preprocessed",
  transformed: "Transformed",
  encoded: "Encoded",
  sent: "Sent",
  response: "Response",
  responseTransformed: "Response, transformed",
  processedResponse: "Response, processed",
} as const;

export type PartName = keyof typeof partTitles;
