/**
 * Replaces every letter and digit and keeps everything else, so that length, case and punctuation can be judged without
 * the value: "Doe-Smith 42" → "Xxx-Xxxxx 99". Letters outside ASCII become "ẍ": encoding faults stay visible.
 */
export function maskShape(text: string): string {
  return text.replace(/[\p{L}\p{N}]/gu, (character) => {
    if (/[0-9]/.test(character)) return "9";
    if (/[A-Z]/.test(character)) return "X";
    return /[a-z]/.test(character) ? "x" : "ẍ";
  });
}
