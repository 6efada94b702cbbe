/** The tickets that are open in this page: read, written to, kept up to date. */

import { knownUpTo, lastSeq, merge } from "../../shared/messages";
import * as api from "./api";
import { messageOf, type Desk } from "./desk";
import { Drafts } from "./drafts";
import { mergeCase } from "./messages";
import { Outbox, type Pending } from "./outbox";
import { EMPTY, type Conversation, type Gone } from "./state";
import type { Answer, Case, Content, Message, Suggestion } from "./types";

export class Cases {
  private readonly drafts = new Drafts(api);
  private readonly outbox: Outbox;

  constructor(private readonly desk: Desk, tab: Storage) {
    this.outbox = new Outbox(tab, (one) => api.say(one.ticket, one.id, one.content), {
      changed: (pending) => this.desk.set({ pending }),
      delivered: (one, message) => this.delivered(one, message),
      shutOut: (error) => this.desk.failed(error),
    });
    desk.set({ pending: this.outbox.all });
  }

  of(ticket: string): Conversation {
    return this.desk.state.conversations[ticket] ?? EMPTY;
  }

  lastSeq(ticket: string): number {
    return lastSeq(this.of(ticket).case?.messages ?? []);
  }

  /** Read what is new in it. */
  async open(ticket: string): Promise<void> {
    try {
      this.put(await api.read(ticket, knownUpTo(this.of(ticket).case?.messages ?? [])));
      if (this.of(ticket).case?.ticket.state === "claimed") await this.suggest(ticket);
    } catch (error) {
      this.update(ticket, { failed: messageOf(error) });
      this.desk.failed(error);
    }
  }

  /** What the server said about a case. Words that the server does not have yet are not lost over it. */
  put(told: Case): void {
    const ticket = told.ticket.id;
    const known = this.of(ticket);
    const first = known.case === null;
    const text = first && !this.drafts.isUnsaved(ticket) ? told.draft.text : known.text;
    const gone = told.ticket.claimed_by === this.desk.state.me?.person.name ? null : known.gone;
    this.update(ticket, { case: mergeCase(known.case ?? undefined, told), text, gone, failed: null });
  }

  /** After a reconnect: everything that is open, once. */
  readAll(): void {
    for (const ticket of Object.keys(this.desk.state.conversations)) {
      if (!this.of(ticket).gone) void this.open(ticket).then(() => this.desk.look());
    }
  }

  heard(ticket: string, message: Message): void {
    const known = this.of(ticket);
    if (!known.case) return;
    const typingAt = message.from === "user" ? 0 : known.typingAt;
    this.update(ticket, { case: { ...known.case, messages: merge(known.case.messages, [message]) }, typingAt });
  }

  typed(ticket: string): void {
    if (this.desk.state.conversations[ticket]) this.update(ticket, { typingAt: Date.now() });
  }

  /** It is not mine any more: said in its column when it is on the screen. */
  gone(ticket: string, why: Gone): void {
    if (this.desk.state.columns.includes(ticket)) {
      const { case: found } = this.of(ticket);
      // What a patient erased goes from the screen, too.
      this.update(ticket, { gone: why, suggestions: null, case: why === "erased" ? null : found });
    } else this.drop(ticket);
  }

  drop(ticket: string): void {
    const { [ticket]: _, ...conversations } = this.desk.state.conversations;
    this.drafts.sent(ticket);
    this.desk.set({ conversations });
    for (const one of this.outbox.all) if (one.ticket === ticket) this.outbox.discard(one.id);
  }

  /** Somebody else sits here now. */
  forget(): void {
    this.drafts.forget();
    this.outbox.clear();
    this.desk.set({ conversations: {}, columns: [], focus: null });
  }

  write(ticket: string, text: string): void {
    this.update(ticket, { text });
    // Who looks for a canned answer does not write to the patient yet.
    if (/^[/、]/.test(text)) this.drafts.later(ticket, text);
    else this.drafts.written(ticket, text);
  }

  say(ticket: string, text: string): void {
    this.drafts.sent(ticket);
    this.update(ticket, { text: "" });
    this.outbox.add(ticket, { text }, text);
  }

  sendRow(ticket: string, row: Suggestion): void {
    this.send(ticket, { strategy: row.id }, row.text);
  }

  sendAnswer(ticket: string, answer: Answer): void {
    this.send(ticket, { answer: answer.id }, answer.text);
  }

  /** A message that was refused goes back into the input, or away. */
  takeBack(one: Pending): void {
    this.outbox.discard(one.id);
    if ("text" in one.content) this.write(one.ticket, [one.content.text, this.of(one.ticket).text].filter(Boolean).join("\n"));
  }

  discard(id: string): void {
    this.outbox.discard(id);
  }

  async note(ticket: string, text: string): Promise<boolean> {
    const made = await this.desk.tried(api.note(ticket, text));
    const { case: found } = this.of(ticket);
    if (made && found) this.update(ticket, { case: { ...found, notes: [...found.notes, made] } });
    return made !== null;
  }

  async called(ticket: string): Promise<void> {
    if ((await this.desk.tried(api.called(ticket).then(() => true))) === null) return;
    const { case: found } = this.of(ticket);
    if (found) this.update(ticket, { case: { ...found, callback: null } });
    this.desk.askQueue();
  }

  wake(): void {
    this.drafts.flush();
    this.outbox.wake();
  }

  /** The page is being left. */
  flush(): void {
    this.drafts.flush(true);
  }

  private async suggest(ticket: string): Promise<void> {
    this.update(ticket, { suggestions: await api.suggestions(ticket) });
  }

  /** Beside the words in the input, which stay a draft. */
  private send(ticket: string, content: Content, title: string): void {
    this.outbox.add(ticket, content, title);
  }

  private delivered(one: Pending, message: Message): void {
    this.heard(one.ticket, message);
    this.desk.look();
    this.desk.askQueue();
    // The server emptied the draft; what was written meanwhile is kept again.
    const { text } = this.of(one.ticket);
    if (text) this.drafts.later(one.ticket, text);
  }

  private update(ticket: string, change: Partial<Conversation>): void {
    const conversations = { ...this.desk.state.conversations, [ticket]: { ...this.of(ticket), ...change } };
    this.desk.set({ conversations });
  }
}
