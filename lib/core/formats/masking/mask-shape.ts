/**
 * Replaces every letter and digit and keeps everything else, so that length, case and punctuation can be judged without
 * the value: "Doe-Smith 42" → "Xxx-Xxxxx 99". Letters outside ASCII become "ẍ": encoding faults stay visible.
 */
export function maskShape(text: string): string {
  // By runs: a report of some megabytes has few of them, and as many letters.
  return text.replace(/[a-z]+|[A-Z]+|[0-9]+|[\p{L}\p{N}]/gu, (run) => {
    const first = run.charAt(0);
    if (first >= "a" && first <= "z") return "x".repeat(run.length);
    if (first >= "A" && first <= "Z") return "X".repeat(run.length);
    return first >= "0" && first <= "9" ? "9".repeat(run.length) : "ẍ";
  });
}
