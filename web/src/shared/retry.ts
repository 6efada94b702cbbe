/** Milliseconds before the next try: what the server asked for, else doubling up to half a minute, never in step. */
export function pause(attempt: number, retryAfter: number | null, random = Math.random()): number {
  const doubled = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10));
  return Math.max((retryAfter ?? 0) * 1000, doubled * (0.5 + random / 2));
}

/** 128 random bits. Not crypto.randomUUID, which older browsers lack. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
