"use client";
import { useCallback, useEffect, useState, useTransition } from "react";
import { onSearchLeft, takeSearch } from "@/components/message/pending-search";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/http/action";
import type { SearchResult } from "@/lib/services/messages/search-messages";
import { search } from "./actions";
import { SearchAnswer } from "./search-answer";

type SearchFormProps = {
  /** Issuers that channels' mappings name. */
  readonly issuers: readonly string[];
  readonly zone: string;
  readonly now: Date;
  readonly params: Readonly<Record<string, string>>;
};

/** One box for every identifier. A text left by the palette is looked up at once. */
export function SearchForm({ issuers, ...view }: SearchFormProps) {
  const [text, setText] = useState("");
  const [issuer, setIssuer] = useState("");
  const [answer, setAnswer] = useState<ActionResult<SearchResult>>();
  const [isBusy, startSearch] = useTransition();
  const lookUp = useCallback((wanted: { readonly text: string; readonly issuer: string }) => {
    if (wanted.text.trim() === "") return;
    startSearch(async () => setAnswer(await search(wanted)));
  }, []);
  useEffect(() => {
    const take = () => {
      const left = takeSearch();
      if (left === undefined) return;
      setText(left);
      lookUp({ text: left, issuer: "" });
    };
    take();
    return onSearchLeft(take);
  }, [lookUp]);
  return (
    <>
      <form
        action={() => lookUp({ text, issuer })}
        autoComplete="off"
        className="mb-4 flex flex-wrap items-start gap-2"
      >
        <Field label="Identifier" hint="Compared whole, capital letters count.">
          {(ids) => (
            <Input
              {...ids}
              value={text}
              onChange={(event) => setText(event.target.value)}
              data-search=""
              maxLength={256}
              className="w-72 font-mono"
            />
          )}
        </Field>
        <Field
          label="Issuer of an MRN"
          hint={
            issuers.length > 0
              ? "Left empty, every issuer that a channel names is tried."
              : "No channel names an issuer yet; give one to find an MRN."
          }
          isOptional
        >
          {(ids) => (
            <>
              <Input
                {...ids}
                list="issuers"
                value={issuer}
                onChange={(event) => setIssuer(event.target.value)}
                maxLength={128}
                className="w-56"
              />
              <datalist id="issuers">
                {issuers.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Button type="submit" look="primary" disabled={isBusy} className="mt-[1.4rem]">
          {isBusy ? "Looking" : "Find"}
        </Button>
      </form>
      {isBusy ? <SkeletonRows rows={4} /> : answer ? <SearchAnswer answer={answer} {...view} /> : null}
    </>
  );
}
