import type { Page } from "@playwright/test";

/** How Chromium notes a question whose answer is that the session is over: an answer, no fault of the page. */
const SESSION_IS_OVER = /^Failed to load resource: the server responded with a status of 401/;

/** Collects what a page complains of: errors of its script and violations of the Content-Security-Policy. */
export function watchConsole(page: Page): () => readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error" || SESSION_IS_OVER.test(message.text())) return;
    complaints.push(message.text());
  });
  return () => complaints;
}
