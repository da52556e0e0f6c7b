import type { Browser, Page } from "@playwright/test";
import { watchConsole } from "./watch-console";

/** A page that lasts for all tests of a file, watched from its first moment on. */
export type WatchedPage = { readonly page: Page; readonly complaints: () => readonly string[] };

/** Opens a page in a context of its own: axe opens a second one in it. */
export async function openWatchedPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const page = await (await browser.newContext({ baseURL })).newPage();
  return { page, complaints: watchConsole(page) };
}
