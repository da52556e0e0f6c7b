/**
 * The cells of one CSV record (RFC 4180): quoted ones may hold the delimiter, line ends, and quotes as two. What stands
 * after a closing quote belongs to the cell as it is; a quote that never closes takes the rest.
 */
export function csvCells(record: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const { cell, end } =
      record[at] === '"' ? quotedCell(record, at, delimiter) : plainCell(record, at, delimiter);
    cells.push(cell);
    if (end >= record.length || cells.length >= MAX_CELLS) return cells;
    at = end + 1;
  }
}

const MAX_CELLS = 500;

type Cell = { readonly cell: string; readonly end: number };

function plainCell(record: string, start: number, delimiter: string): Cell {
  const found = record.indexOf(delimiter, start);
  const end = found < 0 ? record.length : found;
  return { cell: record.slice(start, end), end };
}

function quotedCell(record: string, start: number, delimiter: string): Cell {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = record.indexOf('"', from);
    if (quote < 0) return { cell: parts.join("") + record.slice(from), end: record.length };
    parts.push(record.slice(from, quote));
    if (record[quote + 1] !== '"') {
      const rest = plainCell(record, quote + 1, delimiter);
      return { cell: parts.join("") + rest.cell, end: rest.end };
    }
    parts.push('"');
    from = quote + 2;
  }
}
