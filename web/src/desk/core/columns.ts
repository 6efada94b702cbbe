/** Which tickets stand side by side. */

export interface Columns {
  columns: readonly string[];
  focus: string | null;
}

/** How many conversations fit beside the lists. */
export const roomFor = (width: number): number => (width >= 1800 ? 3 : width >= 1400 ? 2 : 1);

/** Show a ticket in place of the focused one, or beside it while there is room. */
export function shown({ columns, focus }: Columns, ticket: string, beside: boolean, room: number): Columns {
  if (columns.includes(ticket)) return { columns, focus: ticket };
  if (beside && columns.length < room) return { columns: [...columns, ticket], focus: ticket };
  const out = beside ? columns.find((one) => one !== focus) ?? focus : focus ?? columns[0];
  const made = columns.map((one) => (one === out ? ticket : one));
  return { columns: made.includes(ticket) ? made : [...made, ticket], focus: ticket };
}

export function hidden({ columns, focus }: Columns, ticket: string): Columns {
  const left = columns.filter((one) => one !== ticket);
  return { columns: left, focus: focus === ticket ? left[left.length - 1] ?? null : focus };
}

/** Those that fit a narrower window; the focused one always does. */
export function fitting({ columns, focus }: Columns, width: number): readonly string[] {
  const room = roomFor(width);
  const others = columns.filter((one) => one !== focus).slice(0, focus === null ? room : room - 1);
  return columns.filter((one) => one === focus || others.includes(one));
}
