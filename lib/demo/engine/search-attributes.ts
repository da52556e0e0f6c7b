import { channelAttribute } from "./event-log";

/** Query parameter behind each attribute of a logged search; attributes have the plural, in the engine's order. */
const searchFields = [
  ["channelMapContentSearches", "channelMapContentSearch"],
  ["maxSendAttempts", "maxSendAttempts"],
  ["endDate", "endDate"],
  ["rawContentSearches", "rawContentSearch"],
  ["responseTransformedContentSearches", "responseTransformedContentSearch"],
  ["maxOriginalId", "maxOriginalId"],
  ["minImportId", "minImportId"],
  ["minOriginalId", "minOriginalId"],
  ["processedResponseContentSearches", "processedResponseContentSearch"],
  ["minMessageId", "minMessageId"],
  ["textSearchRegex", "textSearchRegex"],
  ["error", "error"],
  ["serverId", "serverId"],
  ["maxImportId", "maxImportId"],
  ["processingErrorContentSearches", "processingErrorContentSearch"],
  ["connectorMapContentSearches", "connectorMapContentSearch"],
  ["attachment", "attachment"],
  ["excludedMetaDataIds", "excludedMetaDataId"],
  ["postprocessorErrorContentSearches", "postprocessorErrorContentSearch"],
  ["limit", "limit"],
  ["sentContentSearches", "sentContentSearch"],
  ["metaDataCaseInsensitiveSearches", "metaDataCaseInsensitiveSearch"],
  ["channel", undefined],
  ["sourceMapContentSearches", "sourceMapContentSearch"],
  ["minSendAttempts", "minSendAttempts"],
  ["responseErrorContentSearches", "responseErrorContentSearch"],
  ["offset", "offset"],
  ["responseContentSearches", "responseContentSearch"],
  ["processedRawContentSearches", "processedRawContentSearch"],
  ["maxMessageId", "maxMessageId"],
  ["includedMetaDataIds", "includedMetaDataId"],
  ["encodedContentSearches", "encodedContentSearch"],
  ["textSearch", "textSearch"],
  ["transformedContentSearches", "transformedContentSearch"],
  ["includeContent", "includeContent"],
  ["metaDataSearches", "metaDataSearch"],
  ["textSearchMetaDataColumns", "textSearchMetaDataColumn"],
  ["responseMapContentSearches", "responseMapContentSearch"],
  ["statuses", "status"],
  ["startDate", "startDate"],
] as const;

const onlyWhenPaging = new Set(["limit", "offset", "includeContent"]);

/** What the engine logs about a message search: every parameter, most of them empty. A count has no paging ones. */
export function searchAttributes(given: {
  readonly channel: { readonly id: string; readonly name: string };
  readonly query: URLSearchParams;
  readonly isCount: boolean;
}): readonly (readonly [string, string | undefined])[] {
  return searchFields
    .filter(([name]) => !(given.isCount && onlyWhenPaging.has(name)))
    .map(([name, parameter]) => {
      if (parameter === undefined) return [name, channelAttribute(given.channel)] as const;
      const values = given.query.getAll(parameter);
      const shown = values.length > 0 ? values : defaultsOf(name);
      return [name, shown.length === 0 ? undefined : `${shown.join("\n")}\n`] as const;
    });
}

function defaultsOf(name: string): readonly string[] {
  if (name === "limit") return ["20"];
  return name === "includeContent" ? ["false"] : [];
}
