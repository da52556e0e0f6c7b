/** How to start the browser: CHROMIUM_PATH or Playwright's own, quiet, and without a sandbox for root. */
export function chromiumLaunch(): { readonly args: string[]; readonly executablePath?: string } {
  const executablePath = process.env["CHROMIUM_PATH"];
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet;
  return executablePath ? { args, executablePath } : { args };
}
