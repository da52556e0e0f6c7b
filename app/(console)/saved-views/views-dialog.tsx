"use client";
import { useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { ActButton } from "../admin/act-button";
import { FormDialog } from "../form-dialog";
import { keep, remove } from "./actions";

type View = { readonly id: string; readonly name: string; readonly query: string };

/** The views that are kept of a list, and a name for the filters that stand in the address now. */
export function ViewsDialog({ page, views }: { readonly page: string; readonly views: readonly View[] }) {
  const query = useSearchParams().toString();
  return (
    <FormDialog
      title="Your views of this list"
      description="Filters and time range as they stand in the address, under a name of yours."
      trigger={<Button>{views.length === 0 ? "Views" : `Views · ${views.length}`}</Button>}
      submitLabel="Keep these filters"
      act={(form) => keep({ page, name: form.get("name"), query })}
    >
      {(problem) => (
        <>
          {views.length === 0 ? (
            <p className="text-muted">None is kept yet.</p>
          ) : (
            <ul className="flex flex-col">
              {views.map((view) => (
                <li
                  key={view.id}
                  className="flex items-center justify-between gap-3 border-b border-line py-1 last:border-b-0"
                >
                  {/* Read anew as a whole, so that the dialog is closed and its filters filled in. */}
                  <a href={view.query === "" ? page : `${page}?${view.query}`} className="hover:underline">
                    {view.name}
                  </a>
                  <ActButton
                    act={remove.bind(null, { id: view.id })}
                    label="Remove"
                    of={`Remove the view ${view.name}`}
                    busyLabel="Removing…"
                    look="quiet"
                  />
                </li>
              ))}
            </ul>
          )}
          <Field
            label="Name for the filters as they are now"
            hint="One of the same name is replaced."
            error={problem}
          >
            {(ids) => <Input {...ids} name="name" maxLength={60} required />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
