/** One line of progress with the seconds since this program began. */
export function progressLine(text) {
  const seconds = (performance.now() / 1000).toFixed(1);
  return `[${seconds.padStart(6)} s] ${text}`;
}
