/** What is being written, kept by the server while it is written. */

import { Lost, Refused } from "../../shared/http";

const SETTLE_MS = 700;
const TYPING_MS = 3000;

export interface DraftCalls {
  draft(ticket: string, text: string, keepalive?: boolean): Promise<void>;
  typing(ticket: string): Promise<void>;
}

export class Drafts {
  /** Texts that the server does not have yet. */
  private readonly unsaved = new Map<string, string>();
  private readonly timers = new Map<string, number>();
  private readonly told = new Map<string, number>();

  constructor(private readonly calls: DraftCalls) {}

  /** The text changed under the expert's hands. */
  written(ticket: string, text: string): void {
    this.later(ticket, text);
    const now = Date.now();
    if (!text || now - (this.told.get(ticket) ?? 0) < TYPING_MS) return;
    this.told.set(ticket, now);
    this.calls.typing(ticket).catch(() => undefined);
  }

  /** Without telling the patient that somebody types. */
  later(ticket: string, text: string): void {
    this.unsaved.set(ticket, text);
    clearTimeout(this.timers.get(ticket));
    this.timers.set(ticket, window.setTimeout(() => void this.save(ticket), SETTLE_MS));
  }

  /** The words went out; the server empties the draft itself when they arrive. */
  sent(ticket: string): void {
    clearTimeout(this.timers.get(ticket));
    this.unsaved.delete(ticket);
  }

  /** Somebody else sits here now. */
  forget(): void {
    for (const ticket of [...this.unsaved.keys()]) this.sent(ticket);
  }

  isUnsaved(ticket: string): boolean {
    return this.unsaved.has(ticket);
  }

  /** The network is back, or the page is being left. */
  flush(keepalive = false): void {
    for (const ticket of [...this.unsaved.keys()]) void this.save(ticket, keepalive);
  }

  private async save(ticket: string, keepalive = false): Promise<void> {
    const text = this.unsaved.get(ticket);
    if (text === undefined) return;
    try {
      await this.calls.draft(ticket, text, keepalive);
      if (this.unsaved.get(ticket) === text) this.unsaved.delete(ticket);
    } catch (error) {
      // Kept for the next flush, unless the ticket is not ours any more.
      const mayPass = error instanceof Lost || (error instanceof Refused && (error.passing || error.status === 401));
      if (!mayPass) this.unsaved.delete(ticket);
    }
  }
}
