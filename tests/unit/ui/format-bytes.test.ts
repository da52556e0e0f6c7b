import { expect, test } from "vitest";
import { formatBytes } from "@/components/ui/format-bytes";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [9_940, "9.9 kB"],
  [9_960, "10 kB"],
  [999_499, "999 kB"],
  [999_600, "1.0 MB"],
  [12_400_000, "12 MB"],
  [3_400_000_000, "3.4 GB"],
  [7_000_000_000_000, "7.0 TB"],
])("%s bytes read %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
