import { AppError } from "@/lib/core/errors";

/** The media type of a body, of those that are taken. @throws AppError unsupported_media_type: another one, or not plain UTF-8 */
export function requireUtf8<Type extends string>(headers: Headers, taken: readonly [Type, ...Type[]]): Type {
  const [given = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const type = taken.find((one) => one === given.trim());
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  const encoding = (headers.get("content-encoding") ?? "identity").toLowerCase();
  if (type !== undefined && isUtf8 && encoding === "identity") return type;
  throw new AppError(
    "unsupported_media_type",
    "The body must be of a type that is taken here, in UTF-8 and uncompressed.",
    { info: { taken: taken.join(", ") } },
  );
}
