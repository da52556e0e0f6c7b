"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";

/** Keeps a file as the system's conformance statement. It goes as the body of a request of its own: it may be large. */
export function AddStatement({ systemId }: { readonly systemId: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const file = form.get("file");
    if (!(file instanceof File)) return;
    const said = { name: file.name, version: String(form.get("version")), dated: String(form.get("dated")) };
    const url = `/estate/${systemId}/statements?${new URLSearchParams(said)}`;
    const answer = await fetch(url, { method: "POST", body: file }).catch(() => undefined);
    setProblem(answer?.ok ? undefined : problemOf(answer?.status));
    if (!answer?.ok) return;
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Keep a conformance statement"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Keep a statement</Button>}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="File" hint="PDF, text, HTML or Word, up to 16 MB." error={problem}>
          {(ids) => (
            <Input {...ids} name="file" type="file" accept=".pdf,.txt,.html,.htm,.doc,.docx" required />
          )}
        </Field>
        <Field label="Version of the statement or product">
          {(ids) => <Input {...ids} name="version" maxLength={60} required />}
        </Field>
        <Field label="Dated">
          {(ids) => <Input {...ids} name="dated" type="date" className="w-44" required />}
        </Field>
        <div>
          <Button type="submit" look="primary">
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf(status: number | undefined): string {
  if (status === undefined) return "The product did not answer. Nothing was kept.";
  if (status === 413) return "The file is larger than 16 MB.";
  return status === 400
    ? "The file must be a PDF, text, HTML or Word file, with version and date."
    : "It could not be kept.";
}
