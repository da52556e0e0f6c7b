/** One syslog message: what its header says, as far as it can be read, and what it carries. */
export type SyslogMessage = {
  /** RFC 5424 table 1 and 2, from PRI. */
  readonly facility: number;
  readonly severity: number;
  /** As it was written; senders get it wrong. */
  readonly timestamp: string | undefined;
  readonly host: string | undefined;
  readonly app: string | undefined;
  readonly procId: string | undefined;
  /** Never to be decided on: "IHE+RFC-3881", "IHE+DICOM" and "DICOM+RFC3881" all carry the same. */
  readonly msgId: string | undefined;
  readonly content: string;
};

/**
 * Reads one message (RFC 5424, section 6). Fields longer than allowed, timestamps that are none, missing structured data
 * and the older header of RFC 3164 are put up with: what counts is the content. Undefined without a PRI.
 */
export function readSyslog(text: string): SyslogMessage | undefined {
  const [whole = "", pri] = /^[\s\ufeff]{0,16}<(\d{1,3})>/.exec(text) ?? [];
  if (pri === undefined || Number(pri) > 191) return undefined;
  const priority = { facility: Number(pri) >> 3, severity: Number(pri) & 7 };
  const rest = text.slice(whole.length);
  return { ...priority, ...(VERSION.test(rest) ? readHeader(rest) : readOldHeader(rest)) };
}

/** UTF-8 where the bytes are valid as such (RFC 5424 asks for it), otherwise Windows-1252, in which every byte is something. */
export function decodeSyslog(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return oldText.decode(bytes);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const oldText = new TextDecoder("windows-1252");

const VERSION = /^[1-9]\d{0,2} /;
// Bounded, so that a text without blanks is not searched to its end. HOST is the longest of the fields, with 255.
const HEADER = /^\d{1,3} (\S{1,64}) (\S{1,512}) (\S{1,256}) (\S{1,256})(?: (\S{1,256}))?(?: |$)/;
const OLD_HEADER =
  /^([A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}) (\S{1,512}) ([^\s:[<]{1,128})(?:\[([^\]\s]{1,128})\])?:? ?/;

type Header = Omit<SyslogMessage, "facility" | "severity">;

function readHeader(rest: string): Header {
  const fields = HEADER.exec(rest);
  if (fields === null) return unknownHeader(rest);
  const [whole, timestamp, host, app, procId, msgId] = fields;
  const content = afterStructuredData(rest.slice(whole.length));
  return {
    timestamp: given(timestamp),
    host: given(host),
    app: given(app),
    procId: given(procId),
    msgId: given(msgId),
    content: withoutMark(content),
  };
}

function readOldHeader(rest: string): Header {
  const [whole = "", timestamp, host, app, procId] = OLD_HEADER.exec(rest) ?? [];
  return { timestamp, host, app, procId, msgId: undefined, content: withoutMark(rest.slice(whole.length)) };
}

function unknownHeader(rest: string): Header {
  const nothing = { timestamp: undefined, host: undefined, app: undefined };
  return { ...nothing, procId: undefined, msgId: undefined, content: rest };
}

/** What follows the nil or the elements of structured data; all of it where there is none. */
function afterStructuredData(text: string): string {
  if (text.startsWith("- ")) return text.slice(2);
  if (text === "-") return "";
  let at = 0;
  for (let found = elementAt(text, at); found !== null; found = elementAt(text, at)) at = ELEMENT.lastIndex;
  return text[at] === " " ? text.slice(at + 1) : text.slice(at);
}

// RFC 5424, section 6.3: a closing bracket within a value is escaped.
const ELEMENT = /\[(?:[^\]"\\]|"(?:[^"\\]|\\.)*")*\]/sy;

function elementAt(text: string, at: number): RegExpExecArray | null {
  ELEMENT.lastIndex = at;
  return text[at] === "[" ? ELEMENT.exec(text) : null;
}

function given(field: string | undefined): string | undefined {
  return field === "-" ? undefined : field;
}

function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
