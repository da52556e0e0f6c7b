"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import type { NavGroup } from "./navigation";
import { PaletteActions } from "./palette-actions";
import { Hint, Item, ItemGroup } from "./palette-item";

/** Something to jump to. Never put patient data in `label`, `keywords` or `href`. */
export type PaletteItem = {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly href: string;
  readonly keywords?: readonly string[];
  /** Shown muted at the end: "outbound · RIS". */
  readonly hint?: string;
};

export type CommandPaletteProps = {
  readonly groups: readonly NavGroup[];
  readonly items: readonly PaletteItem[];
  /** Fetches further items when the palette opens, so that pages need not carry them. */
  readonly loadItems?: () => Promise<readonly PaletteItem[]>;
  /** Looks the text up in all messages; gets the field "q" in the request body, since it may be a patient's number. */
  readonly searchAction?: (form: FormData) => Promise<void>;
  readonly onClose: () => void;
};

/** Type to go anywhere, do anything, or find a message. Loaded when first opened. */
export function CommandPalette({ groups, items, loadItems, searchAction, onClose }: CommandPaletteProps) {
  const [text, setText] = useState("");
  const router = useRouter();
  const loaded = useLoadedItems(loadItems);
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const places = groups.flatMap((group) => group.entries.map((entry) => ({ ...entry, group: "Go to" })));
  return (
    <PaletteFrame onClose={onClose}>
      <Command label="Search and commands" loop>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Interface, page, action, or a control id, accession, order number, MRN"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-14 outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-4 text-muted">Nothing by that name.</Command.Empty>
          {searchAction && text.trim() !== "" ? (
            <SearchItem text={text.trim()} searchAction={searchAction} onDone={onClose} />
          ) : null}
          <ItemGroup heading="Go to">
            {places.map((place) => (
              <Item key={place.href} value={`go ${place.label}`} onSelect={() => go(place.href)}>
                {place.label}
                {place.key ? <Hint>g {place.key}</Hint> : null}
              </Item>
            ))}
          </ItemGroup>
          {groupsOf([...items, ...loaded]).map(({ heading, members }) => (
            <ItemGroup key={heading} heading={heading}>
              {members.map((item) => (
                <Item
                  key={item.id}
                  value={`${item.label} ${item.id}`}
                  keywords={[...(item.keywords ?? [])]}
                  onSelect={() => go(item.href)}
                >
                  {item.label}
                  {item.hint ? <Hint>{item.hint}</Hint> : null}
                </Item>
              ))}
            </ItemGroup>
          ))}
          <PaletteActions onClose={onClose} />
        </Command.List>
      </Command>
    </PaletteFrame>
  );
}

function PaletteFrame({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(38rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised shadow-overlay focus:outline-none"
        >
          <Primitive.Title className="sr-only">Search and commands</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function useLoadedItems(loadItems: CommandPaletteProps["loadItems"]): readonly PaletteItem[] {
  const [loaded, setLoaded] = useState<readonly PaletteItem[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void loadItems?.().then((items) => isCurrent && setLoaded(items));
    return () => {
      isCurrent = false;
    };
  }, [loadItems]);
  return loaded;
}

function SearchItem({ text, searchAction, onDone }: SearchItemProps) {
  const search = async () => {
    const form = new FormData();
    form.set("q", text);
    onDone();
    await searchAction(form);
  };
  return (
    <ItemGroup heading="Messages">
      <Item value={`find ${text}`} keywords={[text]} onSelect={() => void search()}>
        Find “{text}” in all messages
      </Item>
    </ItemGroup>
  );
}
type SearchItemProps = {
  readonly text: string;
  readonly searchAction: (form: FormData) => Promise<void>;
  readonly onDone: () => void;
};

function groupsOf(items: readonly PaletteItem[]) {
  const headings = [...new Set(items.map((item) => item.group))];
  return headings.map((heading) => ({ heading, members: items.filter((item) => item.group === heading) }));
}
