/** Moves focus to the next (1) or previous (−1) table row; from elsewhere, to the first or last. False where there is none. */
export function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const current = document.activeElement?.closest<HTMLElement>("[data-row]");
  const start = current ? rows.indexOf(current) : step === 1 ? -1 : rows.length;
  const next = rows[Math.min(rows.length - 1, Math.max(0, start + step))];
  if (!next) return false;
  const link = next.querySelector<HTMLElement>("[data-row-link]");
  if (link) link.focus();
  else focusRow(next);
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** Ticks or unticks the focused row's first checkbox. */
export function toggleRow(): boolean {
  const row = document.activeElement?.closest("[data-row]");
  const box = row?.querySelector<HTMLInputElement>("input[type=checkbox]");
  box?.click();
  return box !== null && box !== undefined;
}

/** A click anywhere on a row follows its link, unless it was meant for something in the row or ended a text selection. */
export function followRow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || !(event.target instanceof Element)) return;
  if (event.target.closest("a,button,input,select,textarea,label,summary")) return;
  if (document.getSelection()?.isCollapsed === false) return;
  const link = event.target.closest("[data-row]")?.querySelector<HTMLAnchorElement>("a[data-row-link]");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

function focusRow(row: HTMLElement): void {
  row.tabIndex = -1;
  row.focus();
}
