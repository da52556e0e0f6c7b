import { headers } from "next/headers";

/**
 * The page's one default policy of Trusted Types, before any other script: files of the build may be loaded, as the
 * loader of the framework does by plain text; no text becomes markup or a script.
 */
export async function TrustedTypes() {
  const nonce = (await headers()).get("x-signalbox-nonce") ?? undefined;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}

const SCRIPT = `window.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => {
    const { origin, pathname } = new URL(url, location.origin);
    return origin === location.origin && pathname.startsWith("/_next/static/") ? url : null;
  },
});`;
