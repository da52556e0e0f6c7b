import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { firstItemOf, textOf, textsOf } from "@/lib/core/formats/dicom/dataset";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import {
  readAssociateAccept,
  readAssociateRequest,
  syntaxes,
  writeAssociateAccept,
  writeAssociateRequest,
} from "@/lib/core/formats/dimse/association";
import { readCommand, writeCommand } from "@/lib/core/formats/dimse/command";
import { createMessageReader, writeMessage } from "@/lib/core/formats/dimse/messages";
import { createPduReader, pduTypes, writePdu } from "@/lib/core/formats/dimse/pdu";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

/** The body of the one unit in these bytes. */
function bodyOf(bytes: Buffer): Buffer {
  const [unit] = createPduReader().feed(bytes);
  if (unit === undefined) throw new Error("There is no whole unit.");
  return unit.body;
}

/** Runs work that may refuse what it is given, but only by an error of the product. */
function survives(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** An explicit little endian element with a length of 16 bits. */
function explicit(tag: string, vr: string, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, "latin1");
  head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

describe("a data set", () => {
  test("is read as it was written, sequences and character set included", () => {
    const bytes = writeDataset({
      SpecificCharacterSet: "ISO_IR 192",
      PatientName: "Müller^Änne",
      StudyInstanceUID: "1.2.3",
      ModalitiesInStudy: "CT\\SR",
      ScheduledProcedureStepSequence: [
        { Modality: "MR", ScheduledProcedureStepDescription: "Knie links – größer" },
      ],
    });
    const dataset = readDatasetBytes(bytes, "implicit");
    expect(textOf(dataset, "PatientName")).toBe("Müller^Änne");
    expect(textOf(dataset, "StudyInstanceUID")).toBe("1.2.3");
    expect(textsOf(dataset, "ModalitiesInStudy")).toEqual(["CT", "SR"]);
    const step = firstItemOf(dataset, "ScheduledProcedureStepSequence");
    expect(textOf(step, "ScheduledProcedureStepDescription")).toBe("Knie links – größer");
  });

  test.each([
    ["ISO_IR 100", Buffer.from("4dfc6c6c6572", "hex"), "Müller"],
    ["ISO_IR 144", Buffer.from("bbee", "hex"), "Лю"],
    ["GB18030", Buffer.from("cdf5", "hex"), "王"],
    ["\\ISO 2022 IR 87", Buffer.from("1b2442 3b33 4544 1b2842".replaceAll(" ", ""), "hex"), "山田"],
    ["\\ISO 2022 IR 149", Buffer.from("1b242943b1e8", "hex"), "김"],
    ["", Buffer.from("Jörg"), "Jörg"],
    ["", Buffer.from("4af67267", "hex"), "Jörg"],
    ["ISO_IR 999", Buffer.from("Jörg"), "Jörg"],
  ])("in the character set %j is read in it", (set, bytes, text) => {
    const dataset = readDatasetBytes(
      Buffer.concat([explicit("00080005", "CS", Buffer.from(set)), explicit("00081030", "LO", bytes)]),
      "explicit",
    );
    expect(textOf(dataset, "StudyDescription")).toBe(text);
  });

  test("passes over what is not read, also without a length", () => {
    const unknown = explicit("00091001", "LO", Buffer.alloc(300, 65));
    const dataset = readDatasetBytes(
      Buffer.concat([unknown, explicit("00080050", "SH", Buffer.from("A-1 "))]),
      "explicit",
    );
    expect([...dataset.keys()]).toEqual(["00080050"]);
    // A private sequence of undefined length with an item of undefined length, then an accession number.
    const open = Buffer.from(
      "09000210ffffffff feff00e0ffffffff 08005000 02000000 4121 feff0de000000000 feffdde000000000 08005000 02000000 4231".replaceAll(
        " ",
        "",
      ),
      "hex",
    );
    expect(textOf(readDatasetBytes(open, "implicit"), "AccessionNumber")).toBe("B1");
  });

  test.each([
    ["a length beyond the end", "08005000ff000000 41"],
    ["half a head", "080050"],
    ["a sequence that never ends", "40000001ffffffff"],
    ["an item where none can be", "40000001 08000000 08005000 00000000"],
  ])("with %s is refused", (_, hex) => {
    expect(() => readDatasetBytes(Buffer.from(hex.replaceAll(" ", ""), "hex"), "implicit")).toThrow(AppError);
  });

  test("of sequences nested a thousand deep is refused", () => {
    const open = Buffer.from("40000001fffffffffeff00e0ffffffff", "hex");
    const bytes = Buffer.concat(Array.from({ length: 1_000 }, () => open));
    expect(() => readDatasetBytes(bytes, "implicit")).toThrow(AppError);
  });

  test("is read or refused, whatever the bytes are", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom("implicit", "explicit"),
        (bytes, encoding) => {
          survives(() => readDatasetBytes(Buffer.from(bytes), encoding));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("units of the network", () => {
  test("are put together however the bytes were split", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.uint8Array({ maxLength: 60 })), {
          maxLength: 6,
        }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        (units, sizes) => {
          const bytes = Buffer.concat(units.map(([type, body]) => writePdu(type, Buffer.from(body))));
          const reader = createPduReader();
          const read = [];
          let at = 0;
          for (let i = 0; at < bytes.length; i += 1) {
            const size = sizes[i % sizes.length] ?? 1;
            read.push(...reader.feed(bytes.subarray(at, at + size)));
            at += size;
          }
          expect(read.map(({ type, body }) => [type, [...body]])).toEqual(
            units.map(([type, body]) => [type, [...body]]),
          );
          expect(reader.isInside()).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("of another protocol, or longer than said, are refused before they are kept", () => {
    for (const bytes of [Buffer.from("GET / HTTP/1.1"), Buffer.from("0400fffffff0", "hex")]) {
      expect(() => createPduReader().feed(bytes)).toThrow(AppError);
    }
  });

  test("carry a message of any length in fragments that the other side takes", () => {
    const dataset = Buffer.alloc(50_000, 7);
    const command = { field: 0x20, messageId: 3, affectedClass: "1.2.3", hasDataset: true };
    const bytes = writeMessage({ contextId: 5, command, dataset }, 4_096);
    const units = createPduReader().feed(bytes);
    expect(units.every(({ body }) => body.length <= 4_096)).toBe(true);
    const reader = createMessageReader({ maxBytes: 100_000 });
    expect(units.flatMap(({ body }) => reader.feed(body))).toEqual([{ contextId: 5, command, dataset }]);
  });

  test("with a message beyond the limit are refused", () => {
    const command = { field: 0x20, hasDataset: true };
    const bytes = writeMessage({ contextId: 1, command, dataset: Buffer.alloc(50_000) }, undefined);
    const reader = createMessageReader({ maxBytes: 20_000 });
    expect(() =>
      createPduReader()
        .feed(bytes)
        .map(({ body }) => reader.feed(body)),
    ).toThrow(AppError);
  });

  test("are read or refused, whatever the bytes are", () => {
    const heads = fc.constantFrom("0100", "0400", "0200").map((hex) => Buffer.from(hex, "hex"));
    fc.assert(
      fc.property(heads, fc.uint8Array({ maxLength: 300 }), (head, body) => {
        const bytes = Buffer.from(body);
        survives(() => createPduReader().feed(Buffer.concat([head, bytes])));
        survives(() => createMessageReader({ maxBytes: 1_000 }).feed(bytes));
        survives(() => readCommand(bytes));
        survives(() => readAssociateRequest(Buffer.concat([Buffer.alloc(68), bytes])));
        survives(() => readAssociateAccept(Buffer.concat([Buffer.alloc(68), bytes])));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("an association", () => {
  const contexts = [
    { id: 1, service: "1.2.840.10008.1.1", syntaxes: [syntaxes.implicit, syntaxes.explicit] },
  ];

  test("is asked for and accepted in the words of the standard", () => {
    const request = { calledAe: "PACS", callingAe: "SIGNALBOX", contexts };
    const read = readAssociateRequest(bodyOf(writeAssociateRequest(request)));
    expect(read).toEqual({ ...request, maxBytes: 65_536 });
    const answered = [{ id: 1, result: 0, syntax: syntaxes.implicit }];
    expect(readAssociateAccept(bodyOf(writeAssociateAccept(request, answered)))).toEqual({
      contexts: answered,
      maxBytes: 65_536,
    });
  });

  test("keeps titles within sixteen characters", () => {
    const long = { calledAe: "A".repeat(30), callingAe: "B", contexts };
    expect(readAssociateRequest(bodyOf(writeAssociateRequest(long))).calledAe).toBe("A".repeat(16));
  });
});

test("a command is read as it was written", () => {
  const command = {
    field: 0x8140,
    respondsTo: 7,
    status: 0x0110,
    affectedClass: "1.2.840.10008.3.1.2.3.3",
    affectedInstance: "1.2.3",
    hasDataset: false,
  };
  expect(readCommand(writeCommand(command))).toEqual(command);
});

test("types of units are those of the standard", () => {
  expect(Object.values(pduTypes)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
