/** The page's own words in Simplified or Traditional characters. The Traditional ones are made at build time. */

import { words, type Word } from "./words";

export type Script = "hans" | "hant";

let told: Readonly<Record<Word, string>> = words;

/** Use a script from now on. Where the other words cannot be loaded, Simplified stays. */
export async function useScript(script: Script): Promise<void> {
  told = script === "hant" ? await import("virtual:words-hant").then((made) => made.default, () => words) : words;
  document.documentElement.lang = told === words ? "zh-Hans-CN" : "zh-Hant";
}

/** A text with its {values} put in. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  return told[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** What the browser prefers. */
export function preferred(languages: readonly string[]): Script {
  const first = languages.find((one) => /^zh/i.test(one)) ?? "";
  return /hant|-(tw|hk|mo)\b/i.test(first) ? "hant" : "hans";
}
