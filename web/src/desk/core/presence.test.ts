import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Presence } from "./presence";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("it beats at once, every 45 seconds, on waking, and not after the log-out", () => {
  let beats = 0;
  const presence = new Presence(() => (beats++, Promise.resolve()));
  presence.wake();
  expect(beats).toBe(0);
  presence.start(120);
  vi.advanceTimersByTime(90_000);
  expect(beats).toBe(3);
  presence.wake();
  expect(beats).toBe(4);
  presence.stop();
  vi.advanceTimersByTime(90_000);
  presence.wake();
  expect(beats).toBe(4);
});

test("where one is gone sooner it beats more often", () => {
  let beats = 0;
  new Presence(() => (beats++, Promise.resolve())).start(5);
  vi.advanceTimersByTime(5000);
  expect(beats).toBeGreaterThanOrEqual(3);
});
