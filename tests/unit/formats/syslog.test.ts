import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSyslogReader, type SyslogPiece } from "@/lib/core/formats/syslog/frames";
import { decodeSyslog, readSyslog } from "@/lib/core/formats/syslog/read-syslog";

const xml = (text: string) => `<AuditMessage><Note>${text}</Note></AuditMessage>`;
const line = (text: string) => `<85>1 2026-03-10T10:00:00Z pacs orthanc 1 IHE+RFC-3881 - ${xml(text)}`;
const octets = (text: string) => `${Buffer.byteLength(text)} ${text}`;
const characters = (text: string) => `${text.length} ${text}`;

function readAll(chunks: readonly Buffer[], maxBytes = 100_000): readonly SyslogPiece[] {
  const reader = createSyslogReader({ maxBytes });
  return [...chunks.flatMap((chunk) => [...reader.feed(chunk)]), ...reader.end()];
}

function said(pieces: readonly SyslogPiece[]) {
  return pieces.map((piece) =>
    piece.kind === "message" ? piece.bytes.toString() : `${piece.problem}: ${piece.bytes.toString()}`,
  );
}

function splitAt(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

describe("counted messages", () => {
  const wire = Buffer.from(["one", "zwei é", "three"].map(line).map(octets).join(""));

  test("are the same however the connection splits them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 40 }), (sizes) => {
        expect(said(readAll(splitAt(wire, sizes)))).toEqual(["one", "zwei é", "three"].map(line));
      }),
    );
  });

  test("come at once when they are whole, and are held until then", () => {
    const reader = createSyslogReader({ maxBytes: 1_000 });
    expect(reader.feed(wire.subarray(0, 50))).toEqual([]);
    expect(reader.isInside()).toBe(true);
    expect(reader.feed(wire.subarray(50)).length).toBe(3);
    expect(reader.isInside()).toBe(false);
  });

  test("may be of any text when another follows", () => {
    const plain = "<38>1 - fw sshd - - - session opened";
    expect(said(readAll([Buffer.from(octets(plain) + octets(line("next")))]))).toEqual([plain, line("next")]);
    expect(said(readAll([Buffer.from(octets(plain))]))).toEqual([plain]);
  });

  test("that count the mark at the begin are whole", () => {
    const marked = line("x").replace("- <Audit", "- \ufeff<Audit");
    const [piece] = readAll([Buffer.from(octets(marked) + octets(line("y")))]);
    expect(piece).toEqual({ kind: "message", bytes: Buffer.from(marked), isMiscounted: false });
  });

  test("counted in characters go on to the end of their document, wherever they are split", () => {
    const texts = ["naïve café", "plain", "Ærøskøbing ÆØÅ", "last ü"].map(line);
    const miscounted = Buffer.from(texts.map(characters).join(""));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }), (sizes) => {
        expect(said(readAll(splitAt(miscounted, sizes)))).toEqual(texts);
      }),
    );
  });

  test("counted too large end before the next one begins", () => {
    const [first, second] = [line("a"), line("b")];
    const pieces = readAll([Buffer.from(`${first.length + 40} ${first}${octets(second)}${octets(first)}`)]);
    expect(said(pieces)).toEqual([first, second, first]);
    expect(pieces.map((piece) => piece.kind === "message" && piece.isMiscounted)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("that are cut off by the end of the connection are kept as such", () => {
    expect(said(readAll([Buffer.from(octets(line("lost")).slice(0, 60))]))).toEqual([
      `cut_off: ${octets(line("lost")).slice(0, 60)}`,
    ]);
  });

  test("beyond the limit are dropped up to the next", () => {
    const reader = createSyslogReader({ maxBytes: 300 });
    const huge = octets(`<85>1 - - - - - - ${"x".repeat(5_000)}`);
    const pieces = [huge.slice(0, 1_000), huge.slice(1_000), octets(line("after"))].flatMap((chunk) => [
      ...reader.feed(Buffer.from(chunk)),
    ]);
    expect(pieces.map((piece) => piece.kind === "broken" && piece.problem)).toEqual(["too_long", false]);
    expect(said(pieces).at(-1)).toBe(line("after"));
  });
});

test("messages without a count end with their document, NUL, or the next one", () => {
  const wire = `${line("a")}\n${line("b")}\r\n<34>1 - h a - - - text\n<34>1 - h a - - - more\u0000`;
  expect(said(readAll([Buffer.from(wire)]))).toEqual([
    line("a"),
    line("b"),
    "<34>1 - h a - - - text",
    "<34>1 - h a - - - more",
  ]);
});

test("what is no message is kept apart, and the next one is found", () => {
  const wire = Buffer.from(`GET / HTTP/1.1\r\n\r\n${octets(line("found"))}`);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), (sizes) => {
      expect(said(readAll(splitAt(wire, sizes)))).toEqual([
        "outside_frame: GET / HTTP/1.1\r\n\r\n",
        line("found"),
      ]);
    }),
  );
});

test("no bytes make the reader fail, hold more than its limit, or lose a whole message behind a blank line", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
      const pieces = readAll(
        chunks.map((chunk) => Buffer.from(chunk)),
        500,
      );
      expect(pieces.every(({ bytes }) => bytes.length > 0 && bytes.length <= 500 + 200)).toBe(true);
    }),
  );
});

describe("a header", () => {
  test("of RFC 5424 is read with its structured data taken off", () => {
    const text = String.raw`<165>1 2003-10-11T22:14:15.003Z h.example evntslog - ID47 [a@1 b="c \] d"][e@2 f="g"] ${"\ufeff"}hello`;
    expect(readSyslog(text)).toEqual({
      facility: 20,
      severity: 5,
      timestamp: "2003-10-11T22:14:15.003Z",
      host: "h.example",
      app: "evntslog",
      procId: undefined,
      msgId: "ID47",
      content: "hello",
    });
  });

  test("may lack its structured data, and its timestamp be none", () => {
    const message = readSyslog("<85>1 2023-02-08T15:22.603Z host app 1 IHE+DICOM <AuditMessage/>");
    expect(message).toMatchObject({ timestamp: "2023-02-08T15:22.603Z", content: "<AuditMessage/>" });
  });

  test("may be the older one", () => {
    const message = readSyslog("<85>Mar  5 12:52:31 pacs archive[9293]: <AuditMessage/>");
    expect(message).toMatchObject({
      host: "pacs",
      app: "archive",
      procId: "9293",
      content: "<AuditMessage/>",
    });
  });

  test("must begin with a priority", () => {
    expect(readSyslog("hello")).toBeUndefined();
    expect(readSyslog("<999>1 - - - - - -")).toBeUndefined();
  });

  test("of bytes that are not UTF-8 is read as the older character set", () => {
    const message = readSyslog(decodeSyslog(Buffer.from("<85>1 - h a - - - caf\u00e9", "latin1")));
    expect(message?.content).toBe("café");
  });
});
