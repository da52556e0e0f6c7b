import { expect, test } from "vitest";
import { unbrokenTimes } from "@/components/ui/unbroken-times";

test("a range of times is glued together, the words around it are not", () => {
  expect(unbrokenTimes("Last night 02:20–04:47 it was down")).toBe(
    "Last night 02:20\u2060–\u206004:47 it was down",
  );
  expect(unbrokenTimes("Mon 23 Nov 18:00 – 19:00")).toBe("Mon 23 Nov 18:00\u00a0–\u00a019:00");
});

test("a range over two days may break between them", () => {
  const text = "Mon 23 Nov 18:00 – Tue 24 Nov 07:15";
  expect(unbrokenTimes(text)).toBe(text);
});
