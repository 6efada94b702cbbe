/** One conversation: what is said goes out, what is heard comes in. */

import { knownUpTo, merge } from "../../shared/messages";
import type { ServerEvent } from "../../shared/sse";
import { Stream } from "../../shared/stream";
import * as api from "./api";
import type { Board } from "./board";
import { CallBack } from "./callback";
import { unsaved } from "./messages";
import { Outbox, type Content, type Unsent } from "./outbox";
import { Photos } from "./photos";
import { Sender } from "./sender";
import type { Store } from "./storage";
import { Typing } from "./typing";
import type { Answered, Custom, History, Identity, Message } from "./types";

export class Talk {
  readonly outbox: Outbox;
  readonly photos: Photos;
  readonly callBack: CallBack;
  readonly typing: Typing;
  private readonly sender: Sender;
  private stream: Stream | null = null;
  private over = false;

  /** gone: the server does not know this conversation any more. */
  constructor(
    readonly who: Identity, private readonly board: Board, store: Store, private readonly gone: () => void,
  ) {
    const outbox = this.outbox = new Outbox(store, who.id);
    this.sender = new Sender(outbox, (unsent) => api.say(who, unsent.id, unsent.content), {
      changed: (sending) => board.set({ sending, unsent: outbox.all() }),
      answered: (unsent, answer) => this.answered(unsent, answer),
      gone,
    });
    this.photos = new Photos(who, {
      changed: () => void (this.over || board.set({ going: this.photos.going })),
      answered: (id, answer) => void (this.over || this.shown(id, answer)),
      gone,
    });
    this.callBack = new CallBack(board, store, who);
    this.typing = new Typing(board, who);
    board.set({ messages: [], unsent: outbox.all(), going: [] });
    this.sender.wake();
  }

  send(content: Content, title: string): void {
    this.outbox.add(content, title);
    this.board.set({ news: null });
    this.outboxChanged();
  }

  /** Here or in another tab. */
  outboxChanged(): void {
    this.board.set({ unsent: this.outbox.all() });
    this.sender.wake();
  }

  /** The network may be back, or the page is looked at again. */
  wake(): void {
    this.sender.wake();
    this.stream?.wake();
  }

  /** Everything from the beginning, then what comes. */
  async reload(): Promise<void> {
    const told = await api.history(this.who, 0);
    this.board.set({ messages: told.messages, owner: told.owner });
    this.follow();
  }

  follow(): void {
    this.stream?.stop();
    this.stream = new Stream(() => api.events(this.who, knownUpTo(this.board.state.messages)), {
      event: (event) => this.heard(event),
      connected: (connected) => this.connected(connected),
      gone: this.gone,
    });
  }

  /** This device leaves it. */
  part(): void {
    this.over = true;
    this.sender.stop();
    this.stream?.stop();
    this.photos.forget();
  }

  private answered(unsent: Unsent, answer: Answered): void {
    const { messages } = this.board.state;
    if (answer.seq) this.take([this.mine(unsent, answer.seq), ...answer.replies], answer);
    else this.take(unsaved(messages, unsent.title, answer.replies), answer);
    this.board.set({ unsent: this.outbox.all() });
  }

  private shown(id: string, answer: Answered): void {
    const custom = { picture: { id: "", width: 0, height: 0 } };
    const mine = answer.seq ? [this.mine({ id, title: "", at: Date.now() }, answer.seq, custom)] : [];
    this.take([...mine, ...answer.replies], answer);
  }

  private take(told: readonly Message[], { owner }: Answered): void {
    this.board.set({ messages: merge(this.board.state.messages, told), owner, typing: false, failure: null });
  }

  /** The person's own message until the server's copy comes with the events. */
  private mine({ id, title, at }: Pick<Unsent, "id" | "title" | "at">, seq: number, custom: Custom = {}): Message {
    const known = this.board.state.messages.find((one) => one.seq === seq);
    return known ?? {
      seq, at: new Date(at).toISOString(), from: "user", id, text: title, choices: [], image: null, custom,
    };
  }

  private heard(event: ServerEvent): void {
    if (event.event === "typing") return this.typing.show();
    const told = JSON.parse(event.data) as Message & Pick<History, "owner">;
    if (event.event === "owner") {
      this.board.set({ owner: told.owner });
      return this.callBack.belongsTo(told.owner);
    }
    if (event.event !== "message") return;
    if (told.from === "user" && told.id) this.arrived(told.id);
    this.board.set({
      messages: merge(this.board.state.messages, [told]),
      unsent: this.outbox.all(),
      ...(told.from === "user" ? {} : { typing: false }),
    });
  }

  /** Also when its answer was lost. */
  private arrived(id: string): void {
    this.outbox.remove(id);
    if (this.photos.going.some((one) => one.id === id)) this.photos.drop(id);
  }

  private connected(connected: boolean): void {
    this.board.set({ connected });
    if (connected) this.sender.wake();
  }
}
