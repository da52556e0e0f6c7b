import { describe, expect, test } from "vitest";
import { guarded } from "@/lib/api/handler";
import { problemResponse, problemSpecs } from "@/lib/api/problem";
import { problemSchema } from "@/lib/core/api/schema";
import { AppError, errorCodes } from "@/lib/core/errors";

const id = "5f5e8cf2-7f0f-4d8b-9df5-0b4f0a5d9d10";

/** An error as node-postgres throws it: a SQLSTATE in `code`, data in the message. */
function databaseError(code: string): Error {
  return Object.assign(new Error("Key (mrn)=(4711) already exists"), { code });
}

describe("a problem", () => {
  test.each(errorCodes)("of code %s has its status and the members of RFC 9457", async (code) => {
    const response = problemResponse(new AppError(code, "Static words."), id);
    expect(response.status).toBe(problemSpecs[code].status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(problemSchema.parse(await response.json())).toEqual({
      type: `urn:signalbox:problem:${code}`,
      title: problemSpecs[code].title,
      status: problemSpecs[code].status,
      detail: "Static words.",
      instance: `urn:uuid:${id}`,
      code,
      requestId: id,
    });
  });

  test("carries the error's facts, which cannot replace its own members", async () => {
    const error = new AppError("conflict", "Words.", { info: { entity: "source", status: 200, code: "ok" } });
    expect(await problemResponse(error, id).json()).toMatchObject({
      entity: "source",
      status: 409,
      code: "conflict",
    });
  });

  test("says when to come back: 429 and 503 always, by the error's own figure where it has one", () => {
    const wait = (error: AppError) => problemResponse(error, id).headers.get("retry-after");
    expect(wait(new AppError("rate_limited", "x"))).toBe("60");
    expect(wait(new AppError("overloaded", "x"))).toBe("2");
    expect(wait(new AppError("overloaded", "x", { info: { retryAfterS: 7 } }))).toBe("7");
    expect(wait(new AppError("conflict", "x"))).toBeNull();
  });

  test("of an unknown error tells nothing of it", async () => {
    const response = problemResponse(databaseError("23505"), id);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("4711");
  });
});

describe("a database that is away", () => {
  test.each(["08006", "53300", "57P01", "57P03", "57014", "55P03", "ECONNREFUSED", "EPIPE", "P1001"])(
    "is told as 503 with a time to come back (%s)",
    (code) => {
      const response = problemResponse(databaseError(code), id);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("2");
    },
  );

  test.each(["23505", "22P02", "42P01", "ENOENT"])("is not what %s says", (code) => {
    expect(problemResponse(databaseError(code), id).status).toBe(500);
  });

  test("is seen below an error of our own, and by the driver's words where there is no code", () => {
    const wrapped = new AppError("internal", "x", { cause: new Error("Connection terminated unexpectedly") });
    expect(problemResponse(wrapped, id).status).toBe(503);
  });
});

describe("a guarded handler", () => {
  const ask = (handler: Parameters<typeof guarded>[0]) => guarded(handler)(new Request("http://x.invalid/"));

  test("answers what the handler answers, with a request id and not to be cached", async () => {
    const response = await ask(async () => new Response("fine"));
    expect(await response.text()).toBe("fine");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("keeps the handler's own caching, and turns what it throws into a problem with the same request id", async () => {
    const cached = await ask(async () => new Response("", { headers: { "Cache-Control": "max-age=60" } }));
    expect(cached.headers.get("cache-control")).toBe("max-age=60");
    const refused = await ask(async () => {
      throw new AppError("not_found", "Nothing here.");
    });
    expect(await refused.json()).toMatchObject({
      status: 404,
      requestId: refused.headers.get("x-request-id"),
    });
  });
});
