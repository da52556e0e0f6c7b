import type { Page } from "@playwright/test";

/** Collects what a page complains of: errors of its script and violations of the Content-Security-Policy. */
export function watchConsole(page: Page): () => readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return () => complaints;
}
