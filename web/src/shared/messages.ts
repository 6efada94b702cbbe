/** History, answers and live events tell the same messages, in any order and more than once: one list. */

export function merge<T extends { seq: number }>(known: readonly T[], told: readonly T[]): T[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of told) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export const lastSeq = (messages: readonly { seq: number }[]): number =>
  Math.floor(messages[messages.length - 1]?.seq ?? 0);

/**
 * The number up to which nothing is missing, to be asked from after a break. An own message may get its number before
 * what others said meanwhile has come: asked from the last number, that would be lost.
 */
export function knownUpTo(messages: readonly { seq: number }[]): number {
  let known = Math.floor(messages[0]?.seq ?? 0);
  for (const { seq } of messages) if (seq === known + 1) known = seq;
  return known;
}
