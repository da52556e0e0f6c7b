import type { Browser, BrowserContext } from "@playwright/test";

/** How Chromium words a violation of a content policy or of Trusted Types in its console. */
const violation = /Content Security Policy|requires 'Trusted(HTML|Script|ScriptURL)'|trusted-types/i;

/** What browsers refused by a content policy, in any page of any context. */
export type PolicyWatch = {
  /** All that was refused since the last call. */
  readonly take: () => readonly string[];
};

/** Listens to every page that is opened in the browser from now on, whoever opens it. */
export function watchPolicy(browser: Browser): PolicyWatch {
  let refused: string[] = [];
  const listen = (context: BrowserContext) => {
    context.on("console", (message) => {
      if (violation.test(message.text())) refused.push(`${message.location().url}: ${message.text()}`);
    });
  };
  browser.contexts().forEach(listen);
  browser.on("context", listen);
  return {
    take: () => {
      const taken = refused;
      refused = [];
      return taken;
    },
  };
}
