/** Who is writing: what the other side does is shown for a while, and an expert is told of us. */

import * as api from "./api";
import type { Board } from "./board";
import type { Identity } from "./types";

const BOT_MS = 12_000;
/** An expert's page tells of typing again and again while somebody types, ours does the same. */
const EXPERT_MS = 5000;
const TELL_MS = 3000;

export class Typing {
  private timer = 0;
  private told = 0;

  constructor(private readonly board: Board, private readonly who: Identity) {}

  /** The other side writes. */
  show(): void {
    window.clearTimeout(this.timer);
    const milliseconds = this.board.state.owner === "human" ? EXPERT_MS : BOT_MS;
    this.timer = window.setTimeout(() => this.board.set({ typing: false }), milliseconds);
    this.board.set({ typing: true });
  }

  /** Something is being written here: a human who answers sees that. */
  tell(now = Date.now()): void {
    if (this.board.state.owner !== "human" || now - this.told < TELL_MS) return;
    this.told = now;
    api.typing(this.who).catch(() => undefined);
  }
}
