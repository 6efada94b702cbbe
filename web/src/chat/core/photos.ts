/** Pictures on their way, and those of the talk, which are behind the token. */

import { Refused } from "../../shared/http";
import { newId } from "../../shared/retry";
import * as api from "./api";
import { NoPicture, prepared } from "./photo";
import type { Answered, Identity, Message } from "./types";

/** A picture that is not known to have arrived. */
export interface Going {
  id: string;
  /** What the bubble shows; null while it is not known to be a picture. */
  url: string | null;
  /** 0 to 1. */
  progress: number;
  state: "sending" | "failed" | "refused";
  /** What the server said; "" for no network. */
  why: string;
}

export interface Heard {
  changed(): void;
  answered(id: string, answer: Answered): void;
  gone(): void;
}

export class Photos {
  going: Going[] = [];
  private readonly files = new Map<string, Blob>();
  /** Addresses of blobs by the id of the message. */
  private readonly urls = new Map<string, Promise<string>>();

  constructor(private readonly who: Identity, private readonly heard: Heard) {}

  /** Take a file and send it. */
  async add(file: Blob): Promise<void> {
    const id = newId();
    this.going = [...this.going, { id, url: null, progress: 0, state: "sending", why: "" }];
    this.heard.changed();
    try {
      const picture = await prepared(file);
      const url = URL.createObjectURL(picture);
      this.files.set(id, picture);
      this.urls.set(id, Promise.resolve(url));
      this.change(id, { url });
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error;
      return this.change(id, { state: "refused" });
    }
    await this.send(id);
  }

  /** Send it, again under the same id: the server keeps it once. */
  async send(id: string): Promise<void> {
    const picture = this.files.get(id);
    if (!picture) return;
    this.change(id, { state: "sending", progress: 0, why: "" });
    try {
      const answer = await api.show(this.who, id, picture, (progress) => this.change(id, { progress }));
      this.drop(id);
      this.heard.answered(id, answer);
    } catch (error) {
      this.failed(id, error);
    }
  }

  /** It arrived, or the person does not want to send it any more. */
  drop(id: string): void {
    this.files.delete(id);
    this.going = this.going.filter((one) => one.id !== id);
    this.heard.changed();
  }

  /** The address of a picture of the talk. */
  url(message: Message): Promise<string> {
    const key = message.id ?? String(message.seq);
    const known = this.urls.get(key);
    if (known) return known;
    const asked = api.picture(this.who, message.custom.picture?.id ?? "").then((blob) => URL.createObjectURL(blob));
    this.urls.set(key, asked);
    asked.catch(() => this.urls.delete(key));
    return asked;
  }

  /** Nothing stays in the memory. */
  forget(): void {
    for (const url of this.urls.values()) void url.then((made) => URL.revokeObjectURL(made), () => undefined);
    this.urls.clear();
    this.files.clear();
    this.going = [];
  }

  private failed(id: string, error: unknown): void {
    if (error instanceof Refused && error.gone) return this.heard.gone();
    const refused = error instanceof Refused && !error.passing;
    this.change(id, { state: refused ? "refused" : "failed", why: error instanceof Refused ? error.message : "" });
  }

  private change(id: string, change: Partial<Going>): void {
    this.going = this.going.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.heard.changed();
  }
}
