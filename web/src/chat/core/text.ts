/** How plain text is laid out. Nothing here makes markup. */

export type Block = { type: "line"; text: string } | { type: "list"; items: string[] };

/** Lines, and lists out of neighbouring lines that begin with a dot. */
export function blocks(text: string): Block[] {
  const made: Block[] = [];
  for (const line of text.split("\n")) {
    const item = /^[·•]\s*(.*)$/.exec(line)?.[1];
    const last = made[made.length - 1];
    if (item === undefined) {
      if (line.trim()) made.push({ type: "line", text: line });
    } else if (last?.type === "list") last.items.push(item);
    else made.push({ type: "list", items: [item] });
  }
  return made;
}

const LONG = 200;
const KEPT = 100;

/** The part of a long text that is shown at once, and the rest; cut behind a line or a sentence. */
export function fold(text: string): { head: string; rest: string } {
  if (text.length <= LONG) return { head: text, rest: "" };
  const cut = firstCut(text, /\n/g) ?? firstCut(text, /[。！？]/g) ?? -1;
  if (cut < 0 || text.length - cut < 60) return { head: text, rest: "" };
  return { head: text.slice(0, cut + 1).trimEnd(), rest: text.slice(cut + 1).trimStart() };
}

function firstCut(text: string, mark: RegExp): number | null {
  for (const found of text.matchAll(mark)) {
    if (found.index! >= KEPT && found.index! <= LONG) return found.index!;
  }
  return null;
}
