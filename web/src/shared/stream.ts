/** Server-sent events that reconnect for ever, and notice a line that died silently. */

import { pause } from "./retry";
import { EventParser, type ServerEvent } from "./sse";

/** The server writes a comment every 15 to 20 s. */
const SILENCE_MS = 45_000;

export interface StreamListener {
  event(event: ServerEvent): void;
  connected(yes: boolean): void;
  /** The server will not have us (any more). */
  gone(status: number): void;
}

/** Where the events come from; asked again for every connection. */
export type Source = () => { url: string; headers?: Record<string, string> };

export class Stream {
  private stopped = false;
  private attempt = 0;
  private line: AbortController | null = null;
  private wakeUp: (() => void) | null = null;
  private heard = 0;

  constructor(private readonly source: Source, private readonly listener: StreamListener) {
    void this.run();
  }

  /** The page is back in front, or the network is: do not wait. A line that is alive is kept. */
  wake(): void {
    if (Date.now() - this.heard > SILENCE_MS / 2) this.line?.abort();
    this.wakeUp?.();
  }

  stop(): void {
    this.stopped = true;
    this.line?.abort();
    this.wakeUp?.();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.follow().catch(() => undefined);
      if (this.stopped) return;
      this.listener.connected(false);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, pause(this.attempt++, null));
        this.wakeUp = () => (clearTimeout(timer), done());
      });
    }
  }

  private async follow(): Promise<void> {
    this.line = new AbortController();
    const { url, headers = {} } = this.source();
    const answer = await fetch(url, {
      headers: { Accept: "text/event-stream", ...headers }, signal: this.line.signal, cache: "no-store",
      credentials: "same-origin",
    });
    if ([401, 403, 404].includes(answer.status)) {
      this.stop();
      return this.listener.gone(answer.status);
    }
    if (!answer.ok || !answer.body) return;
    this.attempt = 0;
    this.listener.connected(true);
    await this.read(answer.body.getReader(), this.line);
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>, line: AbortController): Promise<void> {
    const parser = new EventParser();
    const decoder = new TextDecoder();
    this.heard = Date.now();
    const guard = setInterval(() => Date.now() - this.heard > SILENCE_MS && line.abort(), 5000);
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        this.heard = Date.now();
        for (const event of parser.push(decoder.decode(part.value, { stream: true }))) this.listener.event(event);
      }
    } finally {
      clearInterval(guard);
    }
  }
}
