/** What the list of messages says about the conversation. */

import { isWeb } from "../../shared/safe";
import type { Choice, Message, Step } from "./types";

/** An emergency answered while the database is down has no number: it stands behind the last one that has. */
export function unsaved(known: readonly Message[], said: string, replies: readonly Message[]): Message[] {
  const at = known[known.length - 1]?.seq ?? 0;
  const question: Message = {
    seq: 0, at: new Date().toISOString(), from: "user", id: null, text: said, choices: [], image: null, custom: {},
  };
  return [question, ...replies].map((one, i) => ({ ...one, seq: at + (i + 1) / 1000 }));
}

/** The messages since the person spoke last: theirs are the quick replies that are shown. */
export function latestTurn(messages: readonly Message[]): Message[] {
  const reversed = [...messages].reverse();
  const end = reversed.findIndex((one) => one.from === "user");
  return (end < 0 ? reversed : reversed.slice(0, end)).reverse();
}

export const STEPS: readonly Step[] = ["progression", "rebiopsy", "mechanism", "strategy", "advice"];

/** Where the journey stands now: null before it begins and after a restart. */
export function currentStep(messages: readonly Message[]): Step | null {
  const bot = [...messages].reverse().find((one) => one.from === "bot");
  return bot?.custom.step ?? null;
}

/** What the bot asked, or showed, at a step of the present journey: each question once, in its first words and with its
 * latest answers. */
export function messagesOfStep(messages: readonly Message[], step: Step): Message[] {
  const begin = lastIndex(messages, (one) => one.custom.topic === "restart" && one.custom.kind === "smalltalk");
  const journey = messages.slice(begin + 1).filter((one) => one.from === "bot" && one.custom.step === step);
  const wanted = step === "strategy" ? "strategies" : step === "advice" ? "answer" : "question";
  const found = journey.filter((one) => one.custom.kind === wanted);
  if (wanted !== "question") return found.slice(-1);
  const first = new Map<unknown, Message>();
  for (const one of found) {
    const { text } = first.get(one.custom.topic) ?? one;
    first.set(one.custom.topic, { ...one, text });
  }
  return [...first.values()];
}

/** A step's own answers: steering (上一步) belongs to the moment, not to the question. */
export function answersOf(message: Message, steering: readonly string[]): Choice[] {
  return message.choices.filter((choice) => !steering.includes(choice.title));
}

/** The sheet for the next visit in the reader's size of text, while its link is good and the journey was not begun again. */
export function visitSheet(messages: readonly Message[], size = 0, now = Date.now()): string | null {
  const bot = [...messages].reverse().find((one) => one.from === "bot");
  const sheet = bot?.custom.visit_sheet;
  if (!sheet || Date.parse(sheet.expires_at) <= now) return null;
  if (!sheet.url.startsWith("/visit/") && !isWeb(sheet.url)) return null;
  return size ? `${sheet.url}?size=${size}` : sheet.url;
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (test(items[i]!)) return i;
  return -1;
}
