/** Up to which message each own ticket was read on this device: numbers, no words. */

const KEY = "houlu.desk.seen";

export class Seen {
  private seen: Record<string, number>;

  constructor(private readonly kept: Storage) {
    this.seen = JSON.parse(kept.getItem(KEY) ?? "{}") as Record<string, number>;
  }

  of(ticket: string): number {
    return this.seen[ticket] ?? 0;
  }

  /** True when this is news. */
  mark(ticket: string, seq: number): boolean {
    if (seq <= this.of(ticket)) return false;
    this.seen = { ...this.seen, [ticket]: seq };
    this.write();
    return true;
  }

  /** Forget all but these. */
  keep(tickets: readonly string[]): void {
    this.seen = Object.fromEntries(Object.entries(this.seen).filter(([ticket]) => tickets.includes(ticket)));
    this.write();
  }

  private write(): void {
    this.kept.setItem(KEY, JSON.stringify(this.seen));
  }
}
