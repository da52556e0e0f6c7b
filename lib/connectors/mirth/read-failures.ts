import { messageElements, rowElements } from "./read-messages";
import { child, childText, mapEntries, parseXml, type XmlElement } from "./xml";

/** What failed rows say about their failures, to be checked with `failureSchema`. */
export function failuresOf(root: XmlElement): readonly unknown[] {
  return messageElements(root).flatMap((message) =>
    rowElements(message)
      .filter((row) => childText(row, "status") === "ERROR")
      .map((row) => ({
        messageId: childText(row, "messageId"),
        metaDataId: childText(row, "metaDataId"),
        errorText: errorText(row),
        responseText: responseOf(row).message,
        httpStatus: httpStatus(row),
      })),
  );
}

/** The message of a response as the engine keeps it: XML within XML. Empty where there is none, or it is encrypted. */
export function responseOf(row: XmlElement): { readonly message: string; readonly status: string } {
  const response = child(row, "response");
  const content = childText(response, "content") ?? "";
  if (childText(response, "encrypted") === "true" || !content.startsWith("<response>")) {
    return { message: "", status: "" };
  }
  try {
    const parsed = parseXml(content);
    return { message: childText(parsed, "message") ?? "", status: childText(parsed, "statusMessage") ?? "" };
  } catch {
    // A response that cannot be read explains nothing, and everything else about the row is known.
    return { message: "", status: "" };
  }
}

/** Error texts of a row by stage; absent, empty and encrypted ones left out. */
export function errorsOf(row: XmlElement): readonly { readonly stage: string; readonly text: string }[] {
  return stages.flatMap(({ field, stage }) => {
    const error = child(row, field);
    const text = childText(error, "content") ?? "";
    return text === "" || childText(error, "encrypted") === "true" ? [] : [{ stage, text }];
  });
}

const stages = [
  { field: "processingErrorContent", stage: "processing" },
  { field: "postProcessorErrorContent", stage: "postprocessor" },
  { field: "responseErrorContent", stage: "response" },
] as const;

/** A script that returns an error leaves no error text: its word stands in the response alone. */
function errorText(row: XmlElement): string {
  const [first] = errorsOf(row);
  return first?.text ?? responseOf(row).status;
}

/** The HTTP sender leaves the status code of the answer in the connector map. */
export function httpStatus(row: XmlElement): string | undefined {
  const map = child(child(row, "connectorMapContent"), "content");
  const entries = map?.children[0]?.name === "m" ? map.children[0] : map;
  return mapEntries(entries).find(([name]) => name === "responseStatusCode")?.[1].text;
}
