import { describe, expect, test } from "vitest";
import { passwordSchema } from "@/lib/core/account/schema";

const taken = [
  ["eight characters", "kx7 vq2p"],
  ["unrelated words", "four unrelated words here"],
  ["no letter but ours", "пароль девяти"],
  ["signs beyond the first plane", "🚂🚃🚄🚅🚆🚇🚈🚉"],
  ["64 characters", "ab cd ef ".repeat(8).slice(0, 64)],
  ["128 characters", "ab cd ef ".repeat(15).slice(0, 128)],
  ["256 characters", "ab cd ef ".repeat(30).slice(0, 256)],
  ["spaces at its ends", "  seven  "],
] as const;

const refused = [
  ["nothing", ""],
  ["seven characters", "kx7 vq2"],
  ["the most used", "password"],
  ["the most used, in capitals", "PASSWORD"],
  ["digits in a row", "12345678"],
  ["a walk over the keys", "1qaz2wsx"],
  ["a used one with its first letter large", "Sunshine"],
  ["letters as digits", "passw0rd"],
  ["257 characters", "a".repeat(257)],
] as const;

describe("a password", () => {
  test.each(taken)("of %s is taken", (_, password) => {
    expect(passwordSchema.safeParse(password).success).toBe(true);
  });

  test.each(refused)("of %s is refused", (_, password) => {
    expect(passwordSchema.safeParse(password).success).toBe(false);
  });
});
