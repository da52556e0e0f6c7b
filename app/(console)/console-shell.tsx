"use client";
import { useRouter } from "next/navigation";
import { leaveSearch } from "@/components/message/pending-search";
import { Shell, type ShellProps } from "@/components/shell/shell";

type ConsoleShellProps = Omit<ShellProps, "searchAction"> & { readonly canSearch: boolean };

/** The shell with its message search: the text goes to the search page in memory, never in an address. */
export function ConsoleShell({ canSearch, ...shell }: ConsoleShellProps) {
  const router = useRouter();
  const search = async (form: FormData) => {
    leaveSearch(String(form.get("q") ?? ""));
    router.push("/messages/search");
  };
  return <Shell {...shell} {...(canSearch ? { searchAction: search } : {})} />;
}
