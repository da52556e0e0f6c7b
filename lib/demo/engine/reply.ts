import type { WireNode } from "./node";
import { printJson } from "./print-json";
import { printXml } from "./print-xml";

/** What a route answers, before it is known in which format the caller wants it. */
export type Reply =
  | { readonly kind: "node"; readonly node: WireNode; readonly status?: number; readonly cookie?: string }
  /** Plain strings exist as text/plain only: asked for as XML or JSON they are refused with 406. */
  | { readonly kind: "text"; readonly text: string }
  /** Event counts exist as JSON or text only. */
  | { readonly kind: "number"; readonly tag: string; readonly value: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "html"; readonly status: number; readonly reason: string; readonly cookie?: string }
  | { readonly kind: "exception"; readonly message: string };

export type HttpReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Turns an answer into status, headers and body for the `Accept` header of the call. */
export function renderReply(
  reply: Reply,
  call: { readonly accept: string; readonly path: string },
): HttpReply {
  const wants = wantedFormat(call.accept);
  switch (reply.kind) {
    case "node":
      return withCookie(renderNode(reply.node, { status: reply.status ?? 200, wants }), reply.cookie);
    case "text":
      return wants === "xml" || wants === "json"
        ? html({ status: 406, reason: "Not Acceptable", path: call.path })
        : plain(reply.text);
    case "number":
      if (wants === "xml") return html({ status: 406, reason: "Not Acceptable", path: call.path });
      return wants === "text" ? plain(String(reply.value)) : json(`{"${reply.tag}":${reply.value}}`, 200);
    case "nothing":
      return { status: 204, headers: commonHeaders, body: "" };
    case "html":
      return withCookie(html({ ...reply, path: call.path }), reply.cookie);
    case "exception":
      return exception(reply.message);
  }
}

type Format = "any" | "xml" | "json" | "text";

function wantedFormat(accept: string): Format {
  if (accept.includes("application/xml")) return "xml";
  if (accept.includes("application/json")) return "json";
  return accept.includes("text/plain") ? "text" : "any";
}

function renderNode(node: WireNode, as: { readonly status: number; readonly wants: Format }): HttpReply {
  if (as.wants !== "json") {
    const headers = { ...commonHeaders, "Content-Type": "application/xml" };
    return { status: as.status, headers, body: printXml(node) };
  }
  const printed = printJson(node);
  return printed.kind === "printed"
    ? json(printed.body, as.status)
    : exception(
        "com.thoughtworks.xstream.io.StreamException: Invalid white space character (0x1) in text to output",
      );
}

function json(body: string, status: number): HttpReply {
  return { status, headers: { ...commonHeaders, "Content-Type": "application/json" }, body };
}

function plain(body: string): HttpReply {
  return { status: 200, headers: { ...commonHeaders, "Content-Type": "text/plain" }, body };
}

/** A failed call is a Java stack trace as XML, even where JSON was asked for. */
function exception(message: string): HttpReply {
  const headers = { ...commonHeaders, "Content-Type": "application/xml" };
  const body = `<com.mirth.connect.client.core.api.MirthApiException>\n  <detailMessage>${message}</detailMessage>\n</com.mirth.connect.client.core.api.MirthApiException>`;
  return { status: 500, headers, body };
}

function html(given: { readonly status: number; readonly reason: string; readonly path: string }): HttpReply {
  const { status, reason, path } = given;
  const shown = reason.replaceAll("'", "&apos;");
  const body = [
    "<html>",
    "<head>",
    '<meta http-equiv="Content-Type" content="text/html;charset=ISO-8859-1"/>',
    `<title>Error ${status} ${shown}</title>`,
    "</head>",
    `<body><h2>HTTP ERROR ${status} ${shown}</h2>`,
    "<table>",
    `<tr><th>URI:</th><td>${path}</td></tr>`,
    `<tr><th>STATUS:</th><td>${status}</td></tr>`,
    `<tr><th>MESSAGE:</th><td>${shown}</td></tr>`,
    "</table>",
    "",
    "</body>",
    "</html>",
    "",
  ].join("\n");
  return { status, headers: { ...commonHeaders, "Content-Type": "text/html;charset=iso-8859-1" }, body };
}

function withCookie(reply: HttpReply, cookie: string | undefined): HttpReply {
  if (cookie === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, "Set-Cookie": `JSESSIONID=${cookie}; Path=/api; Secure` } };
}

const commonHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Credentials": "false",
  "Access-Control-Allow-Methods": "GET, POST, DELETE, PUT",
  "Access-Control-Allow-Headers": "Content-Type",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
};
