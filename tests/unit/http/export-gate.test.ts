import { expect, test } from "vitest";
import { guarded } from "@/lib/api/handler";
import { AppError } from "@/lib/core/errors";
import { exportGate } from "@/lib/http/export-gate";

const ask = () => new Request("http://signalbox.invalid/audit/events.csv");

/** A handler whose files are made when `finish` is called. */
function slowExport() {
  const waiting: (() => void)[] = [];
  let now = 0;
  let most = 0;
  return {
    most: () => most,
    finish: () => {
      for (const go of waiting.splice(0)) go();
    },
    handler: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => waiting.push(resolve));
      now -= 1;
      return new Response("a,b\r\n");
    },
  };
}

test("of a thousand exports at once a few are made, and the others are told when to come back", async () => {
  const slow = slowExport();
  const gated = guarded(exportGate({ atOnce: 4, maxMs: 60_000 })(slow.handler));
  const answers = Array.from({ length: 1_000 }, () => gated(ask()));
  const refused = await Promise.all(answers.slice(4));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(refused[0]?.headers.get("retry-after")).toBe("5");
  slow.finish();
  const made = await Promise.all(answers.slice(0, 4));
  expect(await Promise.all(made.map((response) => response.text()))).toEqual(Array(4).fill("a,b\r\n"));
  expect(slow.most()).toBe(4);
});

test("a place is free again when a file was taken off, was given up, or could not be made", async () => {
  let makes: () => Promise<Response> = async () => new Response("a");
  const gated = exportGate({ atOnce: 1, maxMs: 60_000 })(() => makes());
  await expect((await gated(ask())).text()).resolves.toBe("a");
  const givenUp = await gated(ask());
  await expect(gated(ask())).rejects.toMatchObject({ code: "overloaded" });
  await givenUp.body?.cancel();
  makes = async () => {
    throw new AppError("bad_request", "No.");
  };
  await expect(gated(ask())).rejects.toMatchObject({ code: "bad_request" });
  makes = async () => new Response(null, { status: 204 });
  expect((await gated(ask())).status).toBe(204);
  expect((await gated(ask())).status).toBe(204);
});

test("a client that does not read holds its place no longer than the time that a file may take", async () => {
  const gated = exportGate({ atOnce: 1, maxMs: 20 })(async () => new Response(endless()));
  const held = await gated(ask());
  await expect
    .poll(() =>
      gated(ask()).then(
        () => "free",
        () => "taken",
      ),
    )
    .toBe("free");
  await expect(held.text()).rejects.toThrow();
});

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_024)) });
}
