import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readPreferences } from "@/components/shell/preferences";
import { TrustedTypes } from "./trusted-types";

export const metadata: Metadata = {
  title: { default: "Signalbox", template: "%s · Signalbox" },
  description: "Interoperability operations dashboard for hospitals",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f3f1ec" },
    { media: "(prefers-color-scheme: dark)", color: "#0e131a" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const jar = await cookies();
  const { theme, density } = readPreferences((name) => jar.get(name)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} data-density={density}>
      <head>
        <TrustedTypes />
      </head>
      <body>{children}</body>
    </html>
  );
}
