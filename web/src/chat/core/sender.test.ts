import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lost, Refused } from "../../shared/http";
import { Outbox, type Unsent } from "./outbox";
import { Sender, type Sending } from "./sender";
import { MemoryStore } from "./storage";
import type { Answered } from "./types";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that answers in the way it is told to, then well. */
function talk(...ways: ((unsent: Unsent) => Answered | Error)[]) {
  const outbox = new Outbox(new MemoryStore(), "c");
  const tried: string[] = [];
  const arrived: string[] = [];
  const states: Sending[] = [];
  let gone = false;
  const say = async (unsent: Unsent): Promise<Answered> => {
    tried.push(unsent.title);
    const answer = ways.shift()?.(unsent) ?? well();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const sender = new Sender(outbox, say, {
    changed: (sending) => states.push(sending),
    answered: (unsent) => arrived.push(unsent.title),
    gone: () => (gone = true),
  });
  const add = (...titles: string[]) => {
    for (const title of titles) outbox.add({ text: title }, title);
    sender.wake();
  };
  return { add, outbox, tried, arrived, states, sender, isGone: () => gone };
}

const well = (): Answered => ({ seq: 1, owner: "bot", replies: [] });
const lost = () => new Lost("");
const refused = (status: number, retryAfter: number | null = null) => () => new Refused(status, "", "稍等", retryAfter);

test("messages go out one after the other", async () => {
  const { add, arrived, outbox } = talk();
  add("一", "二", "三");
  await vi.runAllTimersAsync();
  expect(arrived).toEqual(["一", "二", "三"]);
  expect(outbox.all()).toEqual([]);
});

test("a lost one is sent again before the next", async () => {
  const { add, tried, arrived, states } = talk(lost, lost);
  add("一", "二");
  await vi.runAllTimersAsync();
  expect(tried).toEqual(["一", "一", "一", "二"]);
  expect(arrived).toEqual(["一", "二"]);
  expect(states).toContainEqual({ state: "offline" });
  expect(states.pop()).toEqual({ state: "idle" });
});

test("the server's Retry-After is kept", async () => {
  const { add, tried, arrived, states } = talk(refused(429, 20));
  add("一");
  await vi.advanceTimersByTimeAsync(19_000);
  expect(tried).toEqual(["一"]);
  expect(states.pop()).toEqual({ state: "held", why: "稍等" });
  await vi.advanceTimersByTimeAsync(2000);
  expect(arrived).toEqual(["一"]);
});

test("while the server holds back, a later word is tried once: it may be an emergency", async () => {
  const { add, tried, arrived, outbox } = talk(refused(503, 60), well);
  add("一", "咳血");
  await vi.advanceTimersByTimeAsync(1000);
  expect(tried).toEqual(["一", "咳血"]);
  expect(arrived).toEqual(["咳血"]);
  expect(outbox.all().map((unsent) => unsent.title)).toEqual(["一"]);
});

test("what can never be taken does not block the rest", async () => {
  const { add, arrived, outbox } = talk(refused(422));
  add("一", "二");
  await vi.runAllTimersAsync();
  expect(arrived).toEqual(["二"]);
  expect(outbox.all().map((unsent) => unsent.refused)).toEqual(["稍等"]);
});

test("a deleted conversation stops everything", async () => {
  const { add, tried, isGone } = talk(refused(404));
  add("一", "二");
  await vi.runAllTimersAsync();
  expect(tried).toEqual(["一"]);
  expect(isGone()).toBe(true);
});

test("waking does not wait for the pause", async () => {
  const { add, arrived, sender } = talk(refused(503, 60));
  add("一");
  await vi.advanceTimersByTimeAsync(100);
  sender.wake();
  await vi.advanceTimersByTimeAsync(100);
  expect(arrived).toEqual(["一"]);
});
