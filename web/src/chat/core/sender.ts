/** Sends what is in the outbox, one after the other, until everything is out. */

import { Refused } from "../../shared/http";
import { pause } from "../../shared/retry";
import { Outbox, type Unsent } from "./outbox";
import type { Answered } from "./types";

/** "sending", "offline" (nothing comes back), or what the server said when it asked to wait. */
export type Sending = { state: "idle" | "sending" | "offline" } | { state: "held"; why: string };

export interface Listener {
  changed(sending: Sending): void;
  answered(unsent: Unsent, answer: Answered): void;
  gone(): void;
}

export class Sender {
  private running = false;
  private stopped = false;
  private attempt = 0;
  private wakeUp: (() => void) | null = null;
  /** Tried once ahead of their turn while the server held the first one back. */
  private readonly tried = new Set<string>();

  constructor(
    private readonly outbox: Outbox,
    private readonly say: (unsent: Unsent) => Promise<Answered>,
    private readonly listener: Listener,
  ) {}

  /** Something is new, or the network is back: try now. */
  wake(): void {
    this.wakeUp?.();
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    this.wakeUp?.();
  }

  private async run(): Promise<void> {
    if (this.running || this.stopped) return;
    this.running = true;
    for (let next = this.next(); next && !this.stopped; next = this.next()) await this.deliver(next);
    this.running = false;
    if (!this.stopped) this.listener.changed({ state: "idle" });
  }

  private next(): Unsent | undefined {
    return this.outbox.all().find((one) => !one.refused);
  }

  private async deliver(unsent: Unsent): Promise<void> {
    this.listener.changed({ state: "sending" });
    try {
      const answer = await this.say(unsent);
      this.attempt = 0;
      this.outbox.remove(unsent.id);
      if (!this.stopped) this.listener.answered(unsent, answer);
    } catch (error) {
      if (!this.stopped) await this.failed(unsent, error);
    }
  }

  private async failed(unsent: Unsent, error: unknown): Promise<void> {
    if (!(error instanceof Refused)) {
      this.listener.changed({ state: "offline" });
      return this.wait(null);
    }
    if (error.gone) {
      this.stop();
      return this.listener.gone();
    }
    if (!error.passing) return this.outbox.refuse(unsent.id, error.message);
    await this.letEmergenciesPass(unsent);
    this.listener.changed({ state: "held", why: error.message });
    await this.wait(error.retryAfter);
  }

  /** The server answers a danger sign even while it holds back everything else: later words are tried once, too. */
  private async letEmergenciesPass(first: Unsent): Promise<void> {
    const later = this.outbox.all().filter((one) => one.id !== first.id && !one.refused && !this.tried.has(one.id));
    for (const one of later.filter(({ content }) => "text" in content)) {
      this.tried.add(one.id);
      try {
        const answer = await this.say(one);
        this.outbox.remove(one.id);
        this.listener.answered(one, answer);
      } catch {
        // It keeps its place in the queue.
      }
    }
  }

  private async wait(retryAfter: number | null): Promise<void> {
    const milliseconds = pause(this.attempt++, retryAfter);
    await new Promise<void>((done) => {
      const timer = setTimeout(done, milliseconds);
      this.wakeUp = () => (clearTimeout(timer), done());
    });
    this.wakeUp = null;
  }
}
