"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { TimeRange } from "@/lib/core/time/range";
import { exportAccess } from "./actions";

/** What was looked up, kept for the exports. */
export type Asked = {
  readonly value: string;
  readonly assigningAuthority: string;
  readonly range: TimeRange;
  readonly zone: string;
};

/** The list as a file for colleagues or for the patient, or on paper. */
export function ExportButtons({ asked }: { readonly asked: Asked }) {
  const [said, setSaid] = useState("");
  const save = async (form: "internal" | "patient") => {
    const answer = await exportAccess({ ...asked, form });
    setSaid(answer.ok ? "" : answer.message);
    if (answer.ok) saveFile(`who-saw-this-patient-${form}.csv`, answer.result);
  };
  return (
    <div data-screen-only="" className="mb-2 flex flex-wrap items-center gap-2">
      <Button onClick={() => void save("internal")}>CSV for internal use</Button>
      <Button onClick={() => void save("patient")}>CSV for the patient</Button>
      <Button onClick={() => window.print()}>Print</Button>
      <span role="status">{said}</span>
    </div>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
