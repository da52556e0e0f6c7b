import { describe, expect, test } from "vitest";
import { acknowledge } from "@/lib/core/formats/hl7v2/acknowledge";
import { decodeHl7 } from "@/lib/core/formats/hl7v2/character-set";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";

const now = new Date("2026-03-02T07:15:30.123Z");
const answer = { controlId: "SB1", now };

function message(
  over: { readonly version?: string; readonly charset?: string; readonly id?: string } = {},
): string {
  const { version = "2.5.1", charset = "", id = "M1" } = over;
  return `MSH|^~\\&|LAB|GENERAL|PACS|RAD^1.2.3^ISO|20260302||ORU^R01^ORU_R01|${id}|P|${version}||||||${charset}\rPID|1||123\r`;
}

describe("an acknowledgement", () => {
  test("turns sender and receiver round and repeats the control id", () => {
    expect(acknowledge(message(), { ...answer, code: "AA" }).split("\r")).toEqual([
      "MSH|^~\\&|PACS|RAD^1.2.3^ISO|LAB|GENERAL|20260302071530+0000||ACK^R01^ACK|SB1|P|2.5.1",
      "MSA|AA|M1",
      "",
    ]);
  });

  test("of an old message has no third component of its type", () => {
    expect(acknowledge(message({ version: "2.3.1" }), { ...answer, code: "AA" })).toContain(
      "||ACK^R01|SB1|P|2.3.1\r",
    );
  });

  test.each([
    ["2.5.1", "ERR|||207^Application internal error^HL70357|E"],
    ["2.3", "ERR|^^^207&Application internal error&HL70357"],
  ])("says in version %s what is wrong, as our own reader understands it", (version, segment) => {
    const fault = { code: "207", text: "Application internal error" };
    const text = acknowledge(message({ version }), { ...answer, code: "AE", fault });
    expect(text.split("\r")[2]).toBe(segment);
    expect(readFaults(text)).toMatchObject([{ code: "207" }]);
  });

  test("writes what the sender wrote with other delimiters in ours", () => {
    const odd = "MSH#*~\\&#A|B*C#F#X#Y#20260302##ADT*A01#id|1\\S\\2#P#2.4\r";
    expect(acknowledge(odd, { ...answer, code: "AA" })).toMatch(
      /\|X\|Y\|A\\F\\B\^C\|F\|.*\rMSA\|AA\|id\\F\\1\*2\r$/,
    );
  });

  test.each(["", "no message", "MSH|"])("of %j has an empty MSA-2", (text) => {
    expect(acknowledge(text, { ...answer, code: "AR" })).toMatch(
      /^MSH\|\^~\\&\|.*\|ACK\|SB1\|P\|2\.3\rMSA\|AR\|\r$/,
    );
  });
});

describe("the bytes of a message", () => {
  test.each([
    ["8859/1", Buffer.from("Jos\xe9", "latin1"), "José", "windows-1252"],
    ["8859/2", Buffer.from("D\xb3ugosz", "latin1"), "Długosz", "iso-8859-2"],
    ["8859/5", Buffer.from([0xb8, 0xd2, 0xd0, 0xdd]), "Иван", "iso-8859-5"],
    ["8859/7", Buffer.from([0xc3, 0xe9]), "Γι", "iso-8859-7"],
    ["GB 18030-2000", Buffer.from([0xcd, 0xf5]), "王", "gb18030"],
    ["KS X 1001", Buffer.from([0xb1, 0xe8]), "김", "euc-kr"],
    ["BIG-5", Buffer.from([0xa4, 0xfd]), "王", "big5"],
    ["~ISO IR87", Buffer.from("\u001b$B;3\u001b(B", "latin1"), "山", "iso-2022-jp"],
    ["UNICODE UTF-8", Buffer.from("Jörg"), "Jörg", "utf-8"],
    ["unicode utf-8", Buffer.from("Jörg"), "Jörg", "utf-8"],
  ])("are read by MSH-18 %s", (charset, name, expected, encoding) => {
    const bytes = Buffer.concat([
      Buffer.from(message({ charset })),
      Buffer.from("NK1|1|"),
      name,
      Buffer.from("\r"),
    ]);
    const decoded = decodeHl7(bytes);
    expect(decoded).toMatchObject({ encoding, isGuess: false });
    expect(decoded.text).toContain(`NK1|1|${expected}\r`);
  });

  test.each([
    ["no character set, UTF-8", "", Buffer.from("Jörg"), "Jörg", "utf-8"],
    ["no character set, Latin", "", Buffer.from("J\xf6rg", "latin1"), "Jörg", "windows-1252"],
    ["UTF-8 that is none", "UNICODE UTF-8", Buffer.from("J\xf6rg", "latin1"), "Jörg", "windows-1252"],
    ["ASCII that is none", "ASCII", Buffer.from("J\xf6rg", "latin1"), "Jörg", "windows-1252"],
    ["a set that nobody knows", "EBCDIC", Buffer.from("Jörg"), "Jörg", "utf-8"],
  ])("with %s are a guess that is said", (_, charset, name, expected, encoding) => {
    const decoded = decodeHl7(Buffer.concat([Buffer.from(message({ charset })), name]));
    expect(decoded).toMatchObject({ encoding, isGuess: true });
    expect(decoded.text.endsWith(expected)).toBe(true);
  });

  test.each([
    ["utf-8", Buffer.from("\ufeffMSH|x é")],
    ["utf-16le", Buffer.from("\ufeffMSH|x é", "utf16le")],
    ["utf-16be", Buffer.from("\ufeffMSH|x é", "utf16le").swap16()],
  ])("with a byte order mark are %s, whatever they say", (encoding, bytes) => {
    expect(decodeHl7(bytes)).toEqual({ text: "MSH|x é", encoding, isGuess: false });
  });

  test("that are plain ASCII are no guess", () => {
    expect(decodeHl7(Buffer.from(message()))).toMatchObject({ encoding: "utf-8", isGuess: false });
  });
});
