import { AppError } from "@/lib/core/errors";
import type { PushFormat } from "@/lib/core/message/push-body";

const formats: Readonly<Record<string, PushFormat>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonlines": "ndjson",
};

/** How a body is to be read. @throws AppError unsupported_media_type: another type, charset or content encoding */
export function pushFormatOf(headers: Headers): PushFormat {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const format = formats[type.trim()];
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  const encoding = (headers.get("content-encoding") ?? "identity").toLowerCase();
  if (format === undefined || !isUtf8 || encoding !== "identity") {
    throw new AppError(
      "unsupported_media_type",
      "Send application/json or application/x-ndjson in UTF-8, uncompressed.",
    );
  }
  return format;
}
