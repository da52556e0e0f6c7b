import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/core/errors";
import { isDatabaseAway } from "@/lib/db/is-database-away";

/** An error as node-postgres throws it. */
function aServerError(code: string): Error {
  return Object.assign(new Error("said by the server"), { code });
}

/** An error as Prisma throws it for a code of the server's that it has no own code for. */
function aPrismaError(originalCode: string, code = "P2039"): Error {
  const driverAdapterError = Object.assign(new Error("below"), {
    cause: { kind: "postgres", originalCode },
  });
  return Object.assign(new Error("said by Prisma"), {
    code,
    meta: { modelName: "Token", driverAdapterError },
  });
}

describe("an error that says that the database is away", () => {
  it.each(["57P01", "57P03", "53300", "08006", "40P01", "55P03", "25006", "ECONNREFUSED", "P1001"])(
    "%s",
    (code) => expect(isDatabaseAway(aServerError(code))).toBe(true),
  );

  it.each(["P2039", "P2010"])("a server in recovery, told by Prisma as %s", (code) =>
    expect(isDatabaseAway(aPrismaError("57P03", code))).toBe(true),
  );

  it("a connection that broke, which has no code", () =>
    expect(isDatabaseAway(new Error("Connection terminated unexpectedly"))).toBe(true));

  it("an error of ours with such a cause", () =>
    expect(isDatabaseAway(new AppError("internal", "No.", { cause: aPrismaError("57P03") }))).toBe(true));
});

describe("an error that says something else", () => {
  it.each(["23505", "22P05", "42P01", "P2002"])("%s", (code) =>
    expect(isDatabaseAway(aServerError(code))).toBe(false),
  );

  it("a refusal of the server's told by Prisma", () =>
    expect(isDatabaseAway(aPrismaError("42501"))).toBe(false));

  it("something that is no error", () => expect(isDatabaseAway("57P03")).toBe(false));
});
