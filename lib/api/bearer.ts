import { AppError } from "@/lib/core/errors";

/** The bearer secret of a request (RFC 6750, header only). @throws AppError unauthenticated */
export function bearerToken(headers: Headers): string {
  const match = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(headers.get("authorization") ?? "");
  const secret = match?.[1];
  if (secret === undefined) {
    throw new AppError("unauthenticated", "Send the source's token as 'Authorization: Bearer …'.");
  }
  return secret;
}
