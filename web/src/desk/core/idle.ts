/** A page that nobody touches logs out after a while, as a screen locks itself; it says so before. */

const WARN_MS = 120_000;

export class Idle {
  private touched = true;
  private warnMs = WARN_MS;
  private until = Infinity;
  private warned = false;

  /** minutes: until the server ends a session that nobody uses. */
  start(minutes: number): void {
    this.warnMs = Math.min(WARN_MS, minutes * 30_000);
    this.touched = true;
    this.until = Infinity;
  }

  /** Somebody is here. Whether the server must be told at once, because the end was near. */
  touch(): boolean {
    this.touched = true;
    const near = this.left() !== null;
    if (near) this.until = Infinity;
    return near;
  }

  /** Whether somebody was here since the last time this was asked. */
  take(): boolean {
    const touched = this.touched;
    this.touched = false;
    return touched;
  }

  /** The server's answer: seconds until the end. Whether to warn now, once for each time that the end comes near. */
  told(seconds: number): boolean {
    this.until = Date.now() + seconds * 1000;
    const near = this.left() !== null;
    const warn = near && !this.warned;
    this.warned = near;
    return warn;
  }

  /** Milliseconds until the end when it is near, else null. */
  left(): number | null {
    const left = this.until - Date.now();
    return left < this.warnMs ? Math.max(0, left) : null;
  }
}
