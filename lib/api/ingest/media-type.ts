import type { PushFormat } from "@/lib/core/message/push-body";
import { requireUtf8 } from "../media-type";

const taken = [
  "application/json",
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonlines",
] as const;

const formats: Readonly<Record<(typeof taken)[number], PushFormat>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonlines": "ndjson",
};

/** How a body is to be read. @throws AppError unsupported_media_type: another type, charset or content encoding */
export function pushFormatOf(headers: Headers): PushFormat {
  return formats[requireUtf8(headers, taken)];
}
