/** What was sent and is not known to have arrived: kept for this tab until it is, in order, under its own id. */

import { Refused } from "../../shared/http";
import { newId, pause } from "../../shared/retry";
import type { Content, Message } from "./types";

export interface Pending {
  id: string;
  ticket: string;
  content: Content;
  /** What its bubble shows. */
  title: string;
  /** Why the server will never take it; it stays until the expert removes it. */
  refused?: string;
}

export interface OutboxListener {
  changed(pending: readonly Pending[]): void;
  delivered(pending: Pending, message: Message): void;
  /** The session ended: sending stops until the next wake. */
  shutOut(error: Refused): void;
}

const KEY = "houlu.desk.pending";

export class Outbox {
  private pending: Pending[];
  private running = false;
  private wakeUp: (() => void) | null = null;

  constructor(
    private readonly kept: Storage,
    private readonly say: (pending: Pending) => Promise<{ message: Message }>,
    private readonly listener: OutboxListener,
  ) {
    this.pending = JSON.parse(kept.getItem(KEY) ?? "[]") as Pending[];
  }

  get all(): readonly Pending[] {
    return this.pending;
  }

  add(ticket: string, content: Content, title: string): void {
    this.keep([...this.pending, { id: newId(), ticket, content, title }]);
    this.wake();
  }

  discard(id: string): void {
    this.keep(this.pending.filter((one) => one.id !== id));
  }

  clear(): void {
    this.keep([]);
  }

  /** Something is new, or the network is back: try now. */
  wake(): void {
    this.wakeUp?.();
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    let attempt = 0;
    for (let next = this.next(); next; next = this.next()) {
      const wait = await this.deliver(next, attempt);
      if (wait === null) break;
      attempt = wait === 0 ? 0 : attempt + 1;
      if (wait) await this.rest(wait);
    }
    this.running = false;
  }

  /** Milliseconds until the next try; null to stop. */
  private async deliver(one: Pending, attempt: number): Promise<number | null> {
    try {
      const { message } = await this.say(one);
      this.discard(one.id);
      this.listener.delivered(one, message);
      return 0;
    } catch (error) {
      if (!(error instanceof Refused) || error.passing) {
        return pause(attempt, error instanceof Refused ? error.retryAfter : null);
      }
      if (error.status === 401 || error.code === "csrf") {
        this.listener.shutOut(error);
        return null;
      }
      this.keep(this.pending.map((other) => (other.id === one.id ? { ...other, refused: error.message } : other)));
      return 0;
    }
  }

  private next(): Pending | undefined {
    return this.pending.find((one) => one.refused === undefined);
  }

  private async rest(milliseconds: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, milliseconds);
      this.wakeUp = () => (clearTimeout(timer), done());
    });
    this.wakeUp = null;
  }

  private keep(pending: Pending[]): void {
    this.pending = pending;
    this.kept.setItem(KEY, JSON.stringify(pending));
    this.listener.changed(pending);
  }
}
