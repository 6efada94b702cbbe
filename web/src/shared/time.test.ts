import { expect, test } from "vitest";
import { stamp, stamped } from "./time";

const now = new Date(2026, 10, 22, 15, 0);

test.each([
  [new Date(2026, 10, 22, 9, 5), "9:05"],
  [new Date(2026, 10, 21, 23, 59), "昨天 23:59"],
  [new Date(2026, 10, 17, 8, 0), "星期二 8:00"],
  [new Date(2026, 10, 15, 8, 0), "11月15日 8:00"],
  [new Date(2025, 11, 31, 8, 0), "2025年12月31日 8:00"],
])("%s is told as %s", (at, told) => {
  expect(stamp(at.toISOString(), now)).toBe(told);
});

test("a stamp stands at the beginning and after a pause", () => {
  expect(stamped("2026-11-22T10:00:00Z", undefined)).toBe(true);
  expect(stamped("2026-11-22T10:04:00Z", "2026-11-22T10:00:00Z")).toBe(false);
  expect(stamped("2026-11-22T10:06:00Z", "2026-11-22T10:00:00Z")).toBe(true);
});
