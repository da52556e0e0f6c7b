import type { Page } from "@playwright/test";

/**
 * What is no fault of a page: that its session is over, which is an answer, and that what it was loading broke off
 * because the test went on to another page.
 */
const NO_FAULT =
  /^Failed to load resource: (the server responded with a status of 401|net::ERR_)|^Failed to fetch RSC payload/;

/** Collects what a page complains of: errors of its script and violations of the Content-Security-Policy. */
export function watchConsole(page: Page): () => readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error" || NO_FAULT.test(message.text())) return;
    complaints.push(message.text());
  });
  return () => complaints;
}
