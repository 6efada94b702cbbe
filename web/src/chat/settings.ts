/** What a reader chose on this device: size and script of the text. */

import { preferred, useScript, type Script } from "./i18n";
import type { Store } from "./core/storage";

export const SIZES = [0, 1, 2] as const;
export type Size = (typeof SIZES)[number];

export class Settings {
  size: Size;
  script: Script;

  constructor(private readonly store: Store) {
    this.size = SIZES.find((size) => String(size) === store.get("houlu.size")) ?? 0;
    this.script = store.get("houlu.script") === "hant" ? "hant" : store.get("houlu.script") === "hans" ? "hans"
      : preferred(navigator.languages ?? [navigator.language]);
  }

  async apply(): Promise<void> {
    document.documentElement.dataset.size = String(this.size);
    await useScript(this.script);
  }

  async choose(change: Partial<{ size: Size; script: Script }>): Promise<void> {
    Object.assign(this, change);
    for (const [name, value] of Object.entries(change)) this.store.set(`houlu.${name}`, String(value));
    await this.apply();
  }
}
