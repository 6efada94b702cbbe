/** How plain text is laid out. Nothing here makes markup. */

import type { Strategy } from "./types";

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

export interface StrategyText {
  intro: string;
  /** Each row's number in the list, and what it says in plain words. */
  rows: { number: string; summary: string }[];
  outro: string;
}

/**
 * The text of a message with strategies says everything that its rows say. The cards show the rows, so the text around
 * them is taken apart by the rows' own words; null when it cannot be (then the whole text is shown).
 */
export function aroundRows(text: string, rows: readonly Strategy[]): StrategyText | null {
  const found: StrategyText["rows"] = [];
  let intro = "";
  let at = 0;
  for (const row of rows) {
    const head = new RegExp(`(^|\\n)(\\d+)\\. ${escaped(row.regimen)}\\n`).exec(text.slice(at));
    if (!head) return null;
    if (row === rows[0]) intro = text.slice(0, head.index);
    const begin = at + head.index + head[0].length;
    const level = text.indexOf(row.evidence_level, begin);
    const approval = level < 0 ? -1 : text.indexOf(row.approval, level + row.evidence_level.length);
    if (approval < 0) return null;
    found.push({ number: head[2]!, summary: text.slice(begin, text.lastIndexOf("\n", level)).trim() });
    at = approval + row.approval.length;
  }
  return { intro: intro.trim(), rows: found, outro: text.slice(at).trim() };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
