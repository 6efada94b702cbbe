/** What was written and is not known to have arrived. It survives a reload, and every tab sees the same. */

import { newId } from "../../shared/retry";
import type { Store } from "./storage";

export type Content = { text: string } | { choice: string };

export interface Unsent {
  id: string;
  content: Content;
  /** What the bubble shows: the words, or the title of the quick reply. */
  title: string;
  at: number;
  /** Why the server will never take it; it stays visible until the person removes it. */
  refused?: string;
}

export class Outbox {
  private counter = 0;

  constructor(private readonly store: Store, private readonly conversation: string) {}

  add(content: Content, title: string, now = Date.now()): Unsent {
    const unsent: Unsent = { id: newId(), content, title, at: now };
    // One key each, in the order of time: two tabs can write at once and lose nothing.
    const order = `${String(now).padStart(15, "0")}.${String(this.counter++).padStart(6, "0")}`;
    this.store.set(`${this.prefix}${order}.${unsent.id}`, JSON.stringify(unsent));
    return unsent;
  }

  all(): Unsent[] {
    return this.keys().map((key) => JSON.parse(this.store.get(key) ?? "null") as Unsent | null).filter(isThere);
  }

  remove(id: string): void {
    for (const key of this.keyOf(id)) this.store.remove(key);
  }

  refuse(id: string, why: string): void {
    const unsent = this.all().find((one) => one.id === id);
    for (const key of this.keyOf(id)) this.store.set(key, JSON.stringify({ ...unsent, refused: why }));
  }

  clear(): void {
    for (const key of this.keys()) this.store.remove(key);
  }

  private get prefix(): string {
    return `houlu.unsent.${this.conversation}.`;
  }

  private keys(): string[] {
    return this.store.keys(this.prefix);
  }

  private keyOf(id: string): string[] {
    return this.keys().filter((key) => key.endsWith(`.${id}`));
  }
}

function isThere(one: Unsent | null): one is Unsent {
  return one !== null;
}
