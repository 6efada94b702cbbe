import { expect, test } from "vitest";
import { lastSeq, merge } from "./messages";

test("messages told twice and out of order are one list in order", () => {
  const told = merge([{ seq: 1, text: "" }, { seq: 3, text: "" }], [{ seq: 2, text: "" }, { seq: 3, text: "new" }]);
  expect(told).toEqual([{ seq: 1, text: "" }, { seq: 2, text: "" }, { seq: 3, text: "new" }]);
});

test("an unnumbered message does not count", () => {
  expect(lastSeq([{ seq: 4 }, { seq: 4.001 }])).toBe(4);
  expect(lastSeq([])).toBe(0);
});
