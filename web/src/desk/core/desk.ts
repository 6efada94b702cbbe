/** The desk: who is signed in, who waits, what is open. Knows nothing of how it looks. */

import { Lost, Refused } from "../../shared/http";
import type { ServerEvent } from "../../shared/sse";
import { Stream } from "../../shared/stream";
import { t } from "../words";
import type { Alerts } from "./alerts";
import * as api from "./api";
import { Cases } from "./cases";
import { hidden, roomFor, shown } from "./columns";
import { hear } from "./events";
import { Idle } from "./idle";
import { Presence } from "./presence";
import { Seen } from "./seen";
import { START, type State, type View } from "./state";
import { Store } from "./store";
import type { Case, Me } from "./types";

const SETTLE_MS = 120;
const WHO = "houlu.desk.who";
const NOTICE_MS = 6000;
const RETRY_MS = 3000;

export class Desk {
  readonly store = new Store<State>(START);
  readonly cases: Cases;
  readonly seen: Seen;
  private stream: Stream | null = null;
  private readonly presence = new Presence(() => this.beat());
  readonly idle = new Idle();
  private queueTimer = 0;
  private noticeTimer = 0;
  private notices = 0;
  /** Claims of this page whose answers are still on the way: their events are no news. */
  taking = 0;

  constructor(readonly alerts: Alerts, kept: Storage, private readonly tab: Storage) {
    this.seen = new Seen(kept);
    this.cases = new Cases(this, tab);
  }

  get state(): State {
    return this.store.state;
  }

  set(change: Partial<State>): void {
    this.store.set(change);
  }

  /** Who is signed in here? */
  async start(): Promise<void> {
    try {
      this.enter(await api.whoAmI());
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return this.set({ phase: "login" });
      this.tell(messageOf(error), true);
      setTimeout(() => void this.start(), RETRY_MS);
    }
  }

  /** Raises Refused or Lost. */
  async login(name: string, password: string, code: string): Promise<void> {
    this.enter(await api.login(name, password, code));
  }

  /** Raises Refused or Lost. */
  async changePassword(old: string, made: string): Promise<void> {
    await api.changePassword(old, made);
    this.enter(await api.whoAmI());
    this.tell(t("password.done"));
  }

  async logout(): Promise<void> {
    if ((await this.tried(api.logout().then(() => true))) === null) return;
    this.leave(false);
    this.cases.forget();
    this.set({ ...START, phase: "login" });
  }

  /** The session ended. What is being written stays in the page for the same person. */
  signedOut(): void {
    if (this.state.phase !== "desk") return;
    this.leave(true);
    // Who waits for the bell must know that it will not ring any more.
    this.alerts.ring("alarm");
    this.alerts.notify(t("notify.expired"), "", "expired", () => undefined);
  }

  wake(): void {
    if (this.state.phase !== "desk") return;
    this.presence.wake();
    this.stream?.wake();
    this.cases.wake();
    this.look();
  }

  /** A hand on mouse, keyboard or screen: somebody is here. */
  touched(): void {
    if (this.idle.touch() && this.state.phase === "desk") void this.beat();
  }

  /** Ask who waits, once for many reasons. */
  askQueue(): void {
    clearTimeout(this.queueTimer);
    this.queueTimer = window.setTimeout(() => void this.readQueue(), SETTLE_MS);
  }

  show(ticket: string, beside = false): void {
    this.set({ view: "desk", ...shown(this.state, ticket, beside, roomFor(window.innerWidth)) });
    this.set({ alarms: this.state.alarms.filter((one) => one.ticket !== ticket) });
    void this.cases.open(ticket).then(() => this.look());
  }

  hide(ticket: string): void {
    this.set(hidden(this.state, ticket));
    if (this.state.conversations[ticket]?.gone) this.cases.drop(ticket);
  }

  focus(ticket: string): void {
    if (this.state.focus !== ticket) this.set({ focus: ticket });
  }

  turnTo(view: View): void {
    this.set({ view });
  }

  claim(ticket: string): Promise<void> {
    return this.take(api.claim(ticket));
  }

  claimNext(): Promise<void> {
    return this.take(api.next());
  }

  async giveBack(ticket: string): Promise<void> {
    if (await this.done(api.giveBack(ticket))) this.letGo(ticket, t("return.done"));
  }

  async handOn(ticket: string, to: string): Promise<void> {
    if (await this.done(api.handOn(ticket, to))) this.letGo(ticket, t("handOn.done"));
  }

  async close(ticket: string, reason: string, offer: boolean): Promise<boolean> {
    if (!(await this.done(api.close(ticket, reason, offer)))) return false;
    this.letGo(ticket, t("close.done"));
    return true;
  }

  dismissAlarm(ticket: string): void {
    this.set({ alarms: this.state.alarms.filter((one) => one.ticket !== ticket) });
  }

  /** Words at the foot of the page. */
  tell(text: string, bad = false): void {
    this.set({ notice: { n: ++this.notices, text, bad } });
    clearTimeout(this.noticeTimer);
    this.noticeTimer = window.setTimeout(() => this.set({ notice: null }), NOTICE_MS);
  }

  /** What is on the screen of somebody who looks is read. */
  look(): void {
    if (document.hidden || this.state.view !== "desk") return;
    const news = this.state.columns.map((ticket) => this.seen.mark(ticket, this.cases.lastSeq(ticket)));
    if (news.some(Boolean)) this.set({});
  }

  /** The answer, or null: then the reason is on the screen. */
  async tried<T>(call: Promise<T>): Promise<T | null> {
    try {
      return await call;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  failed(error: unknown): void {
    if (error instanceof Refused && error.status === 401) return this.signedOut();
    if (error instanceof Refused && error.code === "csrf") void api.whoAmI().catch(() => undefined);
    this.tell(messageOf(error), true);
  }

  private enter(me: Me): void {
    const other = this.tab.getItem(WHO) !== me.person.name;
    // What a colleague had not sent is not for the next one at this desk.
    if (other) this.cases.forget();
    this.tab.setItem(WHO, me.person.name);
    const view = me.person.role === "admin" ? "people" : this.state.view === "people" ? "desk" : this.state.view;
    this.set({ ...(other ? START : {}), me, view, expired: false, phase: me.must_change ? "password" : "desk" });
    if (me.must_change) return;
    this.idle.start(me.desk.idle_minutes);
    this.presence.start(me.desk.away_seconds);
    if (me.person.role !== "admin") this.follow();
  }

  private leave(expired: boolean): void {
    this.presence.stop();
    this.stream?.stop();
    this.stream = null;
    this.set({ phase: "login", expired });
  }

  private follow(): void {
    this.stream?.stop();
    this.stream = new Stream(() => ({ url: `${api.ROOT}/events` }), {
      event: (event: ServerEvent) => hear(this, event),
      connected: (connected) => this.set({ connected }),
      gone: () => this.signedOut(),
    });
    this.cases.wake();
  }

  private async beat(): Promise<void> {
    try {
      const warn = this.idle.told((await api.presence(this.idle.take())).idle_seconds);
      if (!warn) return;
      this.alerts.ring("queue");
      this.alerts.notify(t("notify.idle"), "", "idle", () => this.touched());
    } catch (error) {
      // Without a network the page says so already, and the next beat comes by itself.
      if (error instanceof Refused && error.status === 401) this.signedOut();
    }
  }

  private async readQueue(): Promise<void> {
    try {
      const queue = await api.queue();
      this.set({ queue, queueAt: Date.now() });
      this.seen.keep(queue.mine.map((one) => one.ticket));
      this.look();
    } catch (error) {
      if (error instanceof Refused) this.failed(error);
      // Without a network the page says so already, and the next event asks again.
    }
  }

  private async take(call: Promise<Case>): Promise<void> {
    this.taking++;
    const found = await this.tried(call);
    this.taking--;
    this.askQueue();
    if (!found) return;
    this.cases.put(found);
    this.show(found.ticket.id);
  }

  private letGo(ticket: string, words: string): void {
    this.cases.drop(ticket);
    this.set(hidden(this.state, ticket));
    this.tell(words);
    this.askQueue();
  }

  private async done(call: Promise<unknown>): Promise<boolean> {
    return (await this.tried(call.then(() => true))) ?? false;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Lost || !(error instanceof Refused) || !error.message ? t("lost") : error.message;
}
