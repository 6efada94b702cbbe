/** What a person can do on the page, and which conversation this device is in; knows nothing of how it looks. */

import { Lost, Refused } from "../../shared/http";
import { lastSeq } from "../../shared/messages";
import * as api from "./api";
import { Board, START, type News, type State } from "./board";
import type { Photos } from "./photos";
import type { Store } from "./storage";
import { Talk } from "./talk";
import type { Identity } from "./types";

const KNOWN = "houlu.conversation";
const CHANGED = "houlu.changed";
const RETRY_MS = 3000;

export class Chat {
  private readonly board = new Board();
  private talk: Talk | null = null;

  constructor(private readonly store: Store) {}

  get state(): State {
    return this.board.state;
  }

  get photos(): Photos | null {
    return this.talk?.photos ?? null;
  }

  subscribe(listener: () => void): () => void {
    return this.board.subscribe(listener);
  }

  /** Read what the server needs the page to know, then go on with the conversation of this device, if there is one. */
  async start(): Promise<void> {
    try {
      const config = this.state.config ?? (await api.readConfig());
      const who = this.remembered();
      this.board.set({ config, failure: null, ...(who ? {} : { phase: "welcome" }) });
      if (who) await this.resume(who);
    } catch (error) {
      if (this.isGone(error)) return;
      this.failed(error);
      setTimeout(() => void this.start(), RETRY_MS);
    }
  }

  /** Begin a conversation, with or without consent. */
  async open(consent: boolean): Promise<void> {
    try {
      const { who, replies, owner } = await api.open(consent);
      this.store.set(KNOWN, JSON.stringify(who));
      const talk = this.enter(who);
      this.board.set({ phase: "chat", messages: replies, owner, news: null, failure: null, readBefore: 0 });
      talk.follow();
    } catch (error) {
      this.failed(error);
    }
  }

  say(text: string): void {
    this.talk?.send({ text }, text);
  }

  choose(choice: string, title: string): void {
    this.talk?.send({ choice }, title);
  }

  /** Something is being written. */
  writes(): void {
    this.talk?.typing.tell();
  }

  /** Take back what the server will never accept. */
  discard(id: string): void {
    this.talk?.outbox.remove(id);
    this.talk?.outboxChanged();
  }

  /** The network may be back, or the page is looked at again. */
  wake(): void {
    this.talk?.wake();
  }

  /** Ask to be called under this number. The reason why not, in the server's words, or null. */
  async callBack(number: string): Promise<string | null> {
    if (!this.talk) return "";
    try {
      await this.talk.callBack.ask(number);
      return null;
    } catch (error) {
      return this.isGone(error) ? null : why(error);
    }
  }

  /** Do not call: the number is deleted. */
  async doNotCall(): Promise<boolean> {
    return this.attempt((talk) => talk.callBack.takeBack());
  }

  /** Withdraw consent: what was said is erased. */
  async withdraw(): Promise<boolean> {
    return this.attempt(async (talk) => {
      await api.consent(talk.who, false);
      talk.outbox.clear();
      await talk.reload();
      this.board.set({ news: "withdrawn" });
      this.store.set(CHANGED, String(Date.now()));
    });
  }

  /** Erase everything, here and there. */
  async erase(): Promise<boolean> {
    return this.attempt(async (talk) => {
      await api.erase(talk.who).catch((error: unknown) => {
        if (!(error instanceof Refused && error.gone)) throw error;
      });
      talk.outbox.clear();
      this.leave("erased");
    });
  }

  dismissNews(): void {
    this.board.set({ news: null, failure: null });
  }

  /** Another tab changed something in the storage. */
  storageChanged(key: string | null): void {
    if (key === KNOWN || key === null) this.otherIdentity();
    else if (key === CHANGED) void this.talk?.reload().catch(() => undefined);
    else if (key.startsWith("houlu.unsent.")) this.talk?.outboxChanged();
  }

  private async resume(who: Identity): Promise<void> {
    await this.enter(who).reload();
    this.board.set({ phase: "chat", readBefore: lastSeq(this.state.messages) });
  }

  private enter(who: Identity): Talk {
    this.talk?.part();
    this.talk = new Talk(who, this.board, this.store, () => this.leave("expired"));
    return this.talk;
  }

  private leave(news: News): void {
    this.store.remove(KNOWN);
    this.talk?.callBack.forget();
    this.talk?.part();
    this.talk = null;
    this.board.set({ ...START, config: this.state.config, phase: "welcome", news });
  }

  private otherIdentity(): void {
    const who = this.remembered();
    if (who?.id === this.talk?.who.id) return;
    if (who) void this.start();
    else this.leave("erased");
  }

  private remembered(): Identity | null {
    try {
      return JSON.parse(this.store.get(KNOWN) ?? "null") as Identity | null;
    } catch {
      return null;
    }
  }

  private async attempt(work: (talk: Talk) => Promise<void>): Promise<boolean> {
    if (!this.talk) return false;
    try {
      await work(this.talk);
      return true;
    } catch (error) {
      if (!this.isGone(error)) this.failed(error);
      return false;
    }
  }

  private isGone(error: unknown): boolean {
    const gone = error instanceof Refused && error.gone && this.talk !== null;
    if (gone) this.leave("expired");
    return gone;
  }

  private failed(error: unknown): void {
    this.board.set({ failure: why(error) });
  }
}

/** The server's words, or "" when nothing came back. */
function why(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof Lost) return "";
  throw error;
}
