import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Idle } from "./idle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("it warns once when the end is near, and a touch tells the server at once", () => {
  const idle = new Idle();
  idle.start(60);
  expect(idle.take()).toBe(true);
  expect(idle.take()).toBe(false);
  expect(idle.told(3600)).toBe(false);
  expect(idle.left()).toBeNull();
  expect(idle.touch()).toBe(false);
  expect(idle.told(110)).toBe(true);
  expect(idle.told(65)).toBe(false);
  vi.advanceTimersByTime(5000);
  expect(idle.left()).toBe(60_000);
  expect(idle.touch()).toBe(true);
  expect(idle.touch()).toBe(false);
  expect(idle.left()).toBeNull();
  expect(idle.take()).toBe(true);
});

test("where a session is short the warning is, too", () => {
  const idle = new Idle();
  idle.start(1);
  expect(idle.told(40)).toBe(false);
  expect(idle.told(29)).toBe(true);
});
