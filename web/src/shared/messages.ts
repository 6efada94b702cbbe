/** History, answers and live events tell the same messages, in any order and more than once: one list. */

export function merge<T extends { seq: number }>(known: readonly T[], told: readonly T[]): T[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of told) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export const lastSeq = (messages: readonly { seq: number }[]): number =>
  Math.floor(messages[messages.length - 1]?.seq ?? 0);
