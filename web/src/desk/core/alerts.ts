/** Sound and notifications of the browser. Neither holds a patient's words: screens are seen by others. */

export type Ring = "queue" | "message" | "alarm";

const KEY = "houlu.desk.sound";
/** Hertz, and seconds after the beginning. */
const TUNES: Record<Ring, readonly [number, number][]> = {
  queue: [[660, 0], [880, 0.18]],
  message: [[740, 0]],
  alarm: [[988, 0], [784, 0.22], [988, 0.44], [784, 0.66], [988, 0.88], [784, 1.1]],
};

export class Alerts {
  private audio: AudioContext | null = null;

  constructor(private readonly kept: Storage) {
    // A browser lets a page sound only after it was touched.
    for (const name of ["pointerdown", "keydown"]) window.addEventListener(name, () => this.unlock(), { once: true });
  }

  get sound(): boolean {
    return this.kept.getItem(KEY) !== "off";
  }

  setSound(on: boolean): void {
    this.kept.setItem(KEY, on ? "on" : "off");
    if (on) this.ring("message");
  }

  /** Whether notifications still have to be asked for. */
  get askable(): boolean {
    return "Notification" in window && Notification.permission === "default";
  }

  /** Only from a button. */
  async ask(): Promise<void> {
    this.unlock();
    if (this.askable) await Notification.requestPermission();
  }

  ring(ring: Ring): void {
    const audio = this.audio;
    if (!this.sound || !audio || audio.state !== "running") return;
    for (const [hertz, after] of TUNES[ring]) beep(audio, hertz, audio.currentTime + after, ring === "alarm" ? 0.35 : 0.15);
  }

  /** Shown while the expert looks elsewhere. */
  notify(title: string, text: string, tag: string, open: () => void): void {
    if (!("Notification" in window) || Notification.permission !== "granted" || document.hasFocus()) return;
    try {
      const shown = new Notification(title, { body: text, tag });
      shown.onclick = () => {
        window.focus();
        open();
        shown.close();
      };
    } catch {
      // Some phones know the word but not the thing.
    }
  }

  private unlock(): void {
    if (!("AudioContext" in window)) return;
    this.audio ??= new AudioContext();
    void this.audio.resume();
  }
}

function beep(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(volume, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.22);
}
