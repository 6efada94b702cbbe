/** The state of the page and what a person can do; knows nothing of how it looks. */

import { Lost, Refused } from "../../shared/http";
import { knownUpTo, lastSeq, merge } from "../../shared/messages";
import type { ServerEvent } from "../../shared/sse";
import { Stream } from "../../shared/stream";
import * as api from "./api";
import { unsaved } from "./messages";
import { Outbox, type Content, type Unsent } from "./outbox";
import { Sender, type Sending } from "./sender";
import { Photos, type Going } from "./photos";
import type { Store } from "./storage";
import type { Answered, Config, Custom, History, Identity, Message, Owner } from "./types";

const KNOWN = "houlu.conversation";
const CHANGED = "houlu.changed";
const CALLBACK = "houlu.callback";
const RETRY_MS = 3000;
const TYPING_MS = 12_000;
/** An expert's page tells of typing again and again while somebody types, ours does the same. */
const EXPERT_TYPING_MS = 5000;
const TELL_TYPING_MS = 3000;

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

const START: State = {
  phase: "loading", config: null, owner: "bot", messages: [], unsent: [], going: [], callback: false, readBefore: 0, sending: { state: "idle" },
  connected: true, typing: false, news: null, failure: null,
};

export class Chat {
  state: State = START;
  private readonly listeners = new Set<() => void>();
  private who: Identity | null = null;
  private outbox: Outbox | null = null;
  private sender: Sender | null = null;
  private stream: Stream | null = null;
  photos: Photos | null = null;
  private typingTimer = 0;
  private toldTyping = 0;

  constructor(private readonly store: Store) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Read what the server needs the page to know, then go on with the conversation of this device, if there is one. */
  async start(): Promise<void> {
    try {
      const config = this.state.config ?? (await api.readConfig());
      const who = this.remembered();
      this.set({ config, failure: null, ...(who ? {} : { phase: "welcome" }) });
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
      this.enter(who);
      this.set({ phase: "chat", messages: replies, owner, news: null, failure: null, readBefore: 0 });
      this.follow(who);
    } catch (error) {
      this.failed(error);
    }
  }

  say(text: string): void {
    this.send({ text }, text);
  }

  choose(choice: string, title: string): void {
    this.send({ choice }, title);
  }

  /** Something is being written: a human who answers sees that. */
  writes(now = Date.now()): void {
    if (!this.who || this.state.owner !== "human" || now - this.toldTyping < TELL_TYPING_MS) return;
    this.toldTyping = now;
    api.typing(this.who).catch(() => undefined);
  }

  /** Ask to be called under this number. The reason why not, in the server's words, or null. */
  async callBack(number: string): Promise<string | null> {
    if (!this.who) return "";
    try {
      const { replies, owner } = await api.callBack(this.who, number);
      const noted = owner !== "bot"; // without consent nothing is kept, and the answer says so
      this.keepCallback(noted);
      this.set({ messages: merge(this.state.messages, replies), owner, callback: noted });
      return null;
    } catch (error) {
      if (this.isGone(error)) return null;
      if (!(error instanceof Refused || error instanceof Lost)) throw error;
      return error instanceof Refused ? error.message : "";
    }
  }

  /** Do not call: the number is deleted. */
  async doNotCall(): Promise<boolean> {
    return this.attempt(async (who) => {
      await api.doNotCall(who);
      this.keepCallback(false);
      this.set({ callback: false });
    });
  }

  /** Take back what the server will never accept. */
  discard(id: string): void {
    this.outbox?.remove(id);
    this.showUnsent();
    this.tellOtherTabs();
  }

  /** The network may be back, or the page is looked at again. */
  wake(): void {
    this.sender?.wake();
    this.stream?.wake();
  }

  /** Withdraw consent: what was said is erased. */
  async withdraw(): Promise<boolean> {
    return this.attempt(async (who) => {
      await api.consent(who, false);
      this.outbox?.clear();
      await this.reload(who);
      this.set({ news: "withdrawn" });
      this.tellOtherTabs();
    });
  }

  /** Erase everything, here and there. */
  async erase(): Promise<boolean> {
    return this.attempt(async (who) => {
      await api.erase(who).catch((error: unknown) => {
        if (!(error instanceof Refused && error.gone)) throw error;
      });
      this.outbox?.clear();
      this.leave("erased");
    });
  }

  dismissNews(): void {
    this.set({ news: null, failure: null });
  }

  /** Another tab changed something in the storage. */
  storageChanged(key: string | null): void {
    if (key === KNOWN || key === null) return this.otherIdentity();
    if (key === CHANGED && this.who) void this.reload(this.who).catch(() => undefined);
    if (key.startsWith("houlu.unsent.")) {
      this.showUnsent();
      this.sender?.wake();
    }
  }

  // Coming and going.

  private async resume(who: Identity): Promise<void> {
    this.enter(who);
    await this.reload(who);
    this.set({ phase: "chat", readBefore: lastSeq(this.state.messages) });
  }

  private enter(who: Identity): void {
    this.part();
    this.who = who;
    const outbox = new Outbox(this.store, who.id);
    this.outbox = outbox;
    this.sender = new Sender(outbox, (unsent) => api.say(who, unsent.id, unsent.content), {
      changed: (sending) => this.set({ sending, unsent: outbox.all() }),
      answered: (unsent, answer) => this.answered(unsent, answer),
      gone: () => this.leave("expired"),
    });
    this.photos = new Photos(who, {
      changed: () => this.set({ going: this.photos?.going ?? [] }),
      answered: (id, answer) => this.shown(id, answer),
      gone: () => this.leave("expired"),
    });
    this.set({ messages: [], unsent: outbox.all(), going: [], callback: this.store.get(CALLBACK) === who.id });
    this.sender.wake();
  }

  private async reload(who: Identity): Promise<void> {
    const told = await api.history(who, 0);
    this.set({ messages: told.messages, owner: told.owner });
    this.follow(who);
  }

  private follow(who: Identity): void {
    this.stream?.stop();
    this.stream = new Stream(() => api.events(who, knownUpTo(this.state.messages)), {
      event: (event) => this.heard(event),
      connected: (connected) => this.connected(connected),
      gone: () => this.leave("expired"),
    });
  }

  private leave(news: News): void {
    this.store.remove(KNOWN);
    this.keepCallback(false);
    this.part();
    this.set({ ...START, config: this.state.config, phase: "welcome", news });
  }

  private part(): void {
    this.sender?.stop();
    this.stream?.stop();
    this.photos?.forget();
    this.who = this.outbox = this.sender = this.stream = this.photos = null;
  }

  private otherIdentity(): void {
    const who = this.remembered();
    if (who?.id === this.who?.id) return;
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

  // Saying and hearing.

  private send(content: Content, title: string): void {
    if (!this.outbox) return;
    this.outbox.add(content, title);
    this.set({ news: null });
    this.showUnsent();
    this.sender?.wake();
  }

  private answered(unsent: Unsent, answer: Answered): void {
    const { messages } = this.state;
    const told = answer.seq ? answer.replies : unsaved(messages, unsent.title, answer.replies);
    const mine: Message[] = answer.seq ? [this.mine(unsent, answer.seq)] : [];
    this.set({ messages: merge(messages, [...mine, ...told]), owner: answer.owner, typing: false, failure: null });
    this.showUnsent();
  }

  private shown(id: string, answer: Answered): void {
    const custom = { picture: { id: "", width: 0, height: 0 } };
    const mine = answer.seq ? [this.mine({ id, title: "", at: Date.now() }, answer.seq, custom)] : [];
    this.set({
      messages: merge(this.state.messages, [...mine, ...answer.replies]), owner: answer.owner, typing: false, failure: null,
    });
  }

  /** The person's own message until the server's copy comes with the events. */
  private mine({ id, title, at }: Pick<Unsent, "id" | "title" | "at">, seq: number, custom: Custom = {}): Message {
    const known = this.state.messages.find((one) => one.seq === seq);
    return known ?? {
      seq, at: new Date(at).toISOString(), from: "user", id, text: title, choices: [], image: null, custom,
    };
  }

  private heard(event: ServerEvent): void {
    if (event.event === "typing") return this.typing(this.state.owner === "human" ? EXPERT_TYPING_MS : TYPING_MS);
    const told = JSON.parse(event.data) as Message & Pick<History, "owner">;
    if (event.event === "owner") return this.belongsTo(told.owner);
    if (event.event !== "message") return;
    if (told.from === "user" && told.id) this.arrived(told.id);
    this.set({
      messages: merge(this.state.messages, [told]),
      unsent: this.outbox?.all() ?? [],
      ...(told.from === "user" ? {} : { typing: false }),
    });
  }

  /** Also when its answer was lost. */
  private arrived(id: string): void {
    this.outbox?.remove(id);
    if (this.state.going.some((one) => one.id === id)) this.photos?.drop(id);
  }

  private belongsTo(owner: Owner): void {
    const callback = this.state.callback && owner !== "bot"; // the end of a ticket deletes the number
    if (!callback) this.keepCallback(false);
    this.set({ owner, callback });
  }

  private keepCallback(noted: boolean): void {
    if (noted && this.who) this.store.set(CALLBACK, this.who.id);
    else this.store.remove(CALLBACK);
  }

  private typing(milliseconds: number): void {
    window.clearTimeout(this.typingTimer);
    this.typingTimer = window.setTimeout(() => this.set({ typing: false }), milliseconds);
    this.set({ typing: true });
  }

  private connected(connected: boolean): void {
    this.set({ connected });
    if (connected) this.sender?.wake();
  }

  // The rest.

  private async attempt(work: (who: Identity) => Promise<void>): Promise<boolean> {
    if (!this.who) return false;
    try {
      await work(this.who);
      return true;
    } catch (error) {
      if (!this.isGone(error)) this.failed(error);
      return false;
    }
  }

  private isGone(error: unknown): boolean {
    const gone = error instanceof Refused && error.gone && this.who !== null;
    if (gone) this.leave("expired");
    return gone;
  }

  private failed(error: unknown): void {
    if (!(error instanceof Refused || error instanceof Lost)) throw error;
    this.set({ failure: error instanceof Refused ? error.message : "" });
  }

  private tellOtherTabs(): void {
    this.store.set(CHANGED, String(Date.now()));
  }

  private showUnsent(): void {
    this.set({ unsent: this.outbox?.all() ?? [] });
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
