/** The same text, whose ranges of times of day never break over two lines: "02:20–04:47", "18:00 – 19:00". */
export function unbrokenTimes(text: string): string {
  return text.replace(clockRange, (_, from: string, gap: string, to: string) => {
    const glue = gap === "" ? WORD_JOINER : NO_BREAK_SPACE;
    return `${from}${glue}–${glue}${to}`;
  });
}

const clockRange = /(\d{2}:\d{2})( ?)– ?(\d{2}:\d{2})/g;
const WORD_JOINER = "\u2060";
const NO_BREAK_SPACE = "\u00a0";
