import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMllpReader, frameMllp, type MllpPiece } from "@/lib/core/formats/mllp/frames";

const [VT, FS] = ["\u000b", "\u001c"];
const hello = "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1\r";

/** What a reader makes of the text, fed in pieces of this size, its connection closed behind it. */
function read(text: string | Buffer, options: { readonly size?: number; readonly maxBytes?: number } = {}) {
  const bytes = typeof text === "string" ? Buffer.from(text, "latin1") : text;
  const reader = createMllpReader({ maxBytes: options.maxBytes ?? 1_000_000 });
  const size = options.size ?? bytes.length;
  const pieces: MllpPiece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...reader.feed(bytes.subarray(at, at + size)));
  pieces.push(...reader.end());
  return pieces.map((piece) => [
    piece.kind === "message" ? "message" : piece.problem,
    piece.bytes.toString(),
  ]);
}

describe("blocks of a connection", () => {
  test.each([1, 2, 3, 7, 1_000])("are read whole, glued together and split every %i bytes", (size) => {
    const wire = Buffer.concat([frameMllp(hello), frameMllp("second"), Buffer.from("\r\n"), frameMllp("")]);
    expect(read(wire, { size })).toEqual([
      ["message", hello],
      ["message", "second"],
      ["message", ""],
    ]);
  });

  test.each([
    [
      "bytes before a block",
      `junk${VT}a${FS}\r`,
      [
        ["outside_block", "junk"],
        ["message", "a"],
      ],
    ],
    [
      "bytes between blocks",
      `${VT}a${FS}\rjunk${VT}b${FS}\r`,
      [
        ["message", "a"],
        ["outside_block", "junk"],
        ["message", "b"],
      ],
    ],
    [
      "a block that begins anew",
      `${VT}MSH|1${VT}MSH|2${FS}\r`,
      [
        ["cut_off", "MSH|1"],
        ["message", "MSH|2"],
      ],
    ],
    ["a connection that ends inside a block", `${VT}MSH|1`, [["cut_off", "MSH|1"]]],
    ["a last block without its CR", `${VT}a${FS}`, [["message", "a"]]],
    [
      "a block without its CR before the next",
      `${VT}a${FS}${VT}b${FS}\r`,
      [
        ["message", "a"],
        ["message", "b"],
      ],
    ],
    [
      "a block that ends in FS LF",
      `${VT}a${FS}\n${VT}b${FS}\r`,
      [
        ["message", "a"],
        ["message", "b"],
      ],
    ],
    ["a vertical tab in a text", `${VT}a${VT}M b${FS}\r`, [["message", `a${VT}M b`]]],
    ["a file separator in a text", `${VT}a${FS}b${FS}\r`, [["message", `a${FS}b`]]],
    ["no block at all", "GET / HTTP/1.1\r\n", [["outside_block", "GET / HTTP/1.1\r\n"]]],
    ["nothing", "\r\n\r\n", []],
  ] as const)("%s", (_, wire, expected) => {
    expect(read(wire)).toEqual(expected);
    expect(read(wire, { size: 1 }).filter(([kind]) => kind !== "outside_block")).toEqual(
      expected.filter(([kind]) => kind !== "outside_block"),
    );
  });

  test("that are too long are given back up to the limit, and the next one is read", () => {
    const long = `${VT}${"x".repeat(50)}${FS}\r${VT}b${FS}\r`;
    const pieces = read(long, { size: 4, maxBytes: 20 });
    expect(pieces.map(([kind]) => kind)).toEqual(["too_long", "message"]);
    expect(pieces[1]).toEqual(["message", "b"]);
    expect(pieces[0]?.[1]?.length).toBeLessThanOrEqual(24);
  });

  test("are the same however the connection split them, and lose no byte", () => {
    const text = fc.array(
      fc.constantFrom("MSH|", "FHS|", "a", "é", "\r", "\n", VT, FS, `${FS}\r`, `${VT}MSH|`, "0123456789"),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const wire = parts.join("");
        const whole = read(wire);
        const split = read(wire, { size });
        const messages = (pieces: typeof whole) => pieces.filter(([kind]) => kind !== "outside_block");
        expect(messages(split)).toEqual(messages(whole));
        const outside = (pieces: typeof whole) =>
          pieces
            .filter(([kind]) => kind === "outside_block")
            .map(([, bytes]) => bytes?.replace(/[\r\n]/g, ""))
            .join("");
        expect(outside(split)).toBe(outside(whole));
      }),
      { numRuns: 10_000 },
    );
  });

  test("of any bytes but control characters come out as they went in", () => {
    const content = fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) => Buffer.from(bytes.filter((byte) => byte >= 0x20)));
    fc.assert(
      fc.property(fc.array(content, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (contents, size) => {
        const wire = Buffer.concat(contents.map(frameMllp));
        const reader = createMllpReader({ maxBytes: 1_000 });
        const out: Buffer[] = [];
        for (let at = 0; at < wire.length; at += size) {
          out.push(...reader.feed(wire.subarray(at, at + size)).map(({ bytes }) => bytes));
        }
        expect(out).toEqual(contents);
      }),
      { numRuns: 1_000 },
    );
  });
});
