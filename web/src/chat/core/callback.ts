/** A telephone number left for the expert. That one waits there is remembered on this device, the number never is. */

import { merge } from "../../shared/messages";
import * as api from "./api";
import type { Board } from "./board";
import type { Store } from "./storage";
import type { Identity, Owner } from "./types";

const KEY = "houlu.callback";

export class CallBack {
  constructor(private readonly board: Board, private readonly store: Store, private readonly who: Identity) {
    this.board.set({ callback: store.get(KEY) === who.id });
  }

  async ask(number: string): Promise<void> {
    const { replies, owner } = await api.callBack(this.who, number);
    this.board.set({ messages: merge(this.board.state.messages, replies), owner });
    this.keep(owner !== "bot"); // without consent nothing is kept, and the answer says so
  }

  async takeBack(): Promise<void> {
    await api.doNotCall(this.who);
    this.keep(false);
  }

  /** The conversation is somebody else's now: the end of a ticket deletes the number. */
  belongsTo(owner: Owner): void {
    if (owner === "bot") this.keep(false);
  }

  forget(): void {
    this.store.remove(KEY);
  }

  private keep(noted: boolean): void {
    if (noted) this.store.set(KEY, this.who.id);
    else this.forget();
    this.board.set({ callback: noted });
  }
}
