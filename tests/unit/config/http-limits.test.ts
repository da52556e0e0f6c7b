import { expect, test } from "vitest";
import { MAX_BATCH_BYTES, MAX_FORM_BYTES, sizeRefusal } from "@/lib/config/http-limits";

const page = "/sources/add";
const ingest = "/api/v1/ingest";
const announced = (length: number) => ({ "content-length": String(length) });
const inPieces = { "transfer-encoding": "chunked" };

test.each([
  ["a question without a body", page, {}, undefined],
  ["a form of a megabyte", page, announced(MAX_FORM_BYTES), undefined],
  ["a byte more", page, announced(MAX_FORM_BYTES + 1), 413],
  ["a form that does not say how long it is", page, inPieces, 411],
  ["a batch of 16 MB", ingest, announced(MAX_BATCH_BYTES), undefined],
  ["a byte more for a batch", ingest, announced(MAX_BATCH_BYTES + 1), 413],
  ["a batch in pieces, counted while it is read", ingest, inPieces, undefined],
  ["what only begins like the address of batches", `${ingest}/x`, inPieces, 411],
] as const)("%s", (_, path, headers, refusal) => {
  expect(sizeRefusal({ path, headers })).toBe(refusal);
});
