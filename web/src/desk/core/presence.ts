/** Tells the server that this computer is awake: an open stream alone says nothing of one that fell asleep. */

const LONGEST_MS = 45_000;
/** So many fit into the time after which somebody is taken for gone: one may be late. */
const IN_AWAY = 2.5;

export class Presence {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly beat: () => Promise<void>) {}

  /** Beat now and from now on. */
  start(awaySeconds: number): void {
    this.stop();
    this.timer = setInterval(() => void this.beat(), Math.min(LONGEST_MS, (awaySeconds * 1000) / IN_AWAY));
    void this.beat();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Somebody looks at the page again, perhaps after a sleep. */
  wake(): void {
    if (this.timer !== undefined) void this.beat();
  }
}
