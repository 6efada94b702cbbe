/** What the page shows, and who is told when it changes. */

import type { Unsent } from "./outbox";
import type { Going } from "./photos";
import type { Sending } from "./sender";
import type { Config, Message, Owner } from "./types";

/** Short news of the page itself; a key of the words. */
export type News = "erased" | "expired" | "withdrawn" | null;

export interface State {
  phase: "loading" | "welcome" | "chat";
  config: Config | null;
  owner: Owner;
  messages: Message[];
  unsent: Unsent[];
  /** Pictures on their way. */
  going: Going[];
  /** A number to call waits at the expert's. */
  callback: boolean;
  /** Numbers up to this one were read before the page was opened. */
  readBefore: number;
  sending: Sending;
  connected: boolean;
  typing: boolean;
  news: News;
  /** Why something that was asked for could not be done, in the server's words or "" for no network. */
  failure: string | null;
}

export const START: State = {
  phase: "loading", config: null, owner: "bot", messages: [], unsent: [], going: [], callback: false, readBefore: 0,
  sending: { state: "idle" }, connected: true, typing: false, news: null, failure: null,
};

export class Board {
  state: State = START;
  private readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
