import { expect, test } from "vitest";
import { knownUpTo, lastSeq, merge } from "./messages";

test("messages told twice and out of order are one list in order", () => {
  const told = merge([{ seq: 1, text: "" }, { seq: 3, text: "" }], [{ seq: 2, text: "" }, { seq: 3, text: "new" }]);
  expect(told).toEqual([{ seq: 1, text: "" }, { seq: 2, text: "" }, { seq: 3, text: "new" }]);
});

test("an unnumbered message does not count", () => {
  expect(lastSeq([{ seq: 4 }, { seq: 4.001 }])).toBe(4);
  expect(lastSeq([])).toBe(0);
});

test("what is missing in between is asked for again", () => {
  expect(knownUpTo([{ seq: 1 }, { seq: 2 }, { seq: 4 }, { seq: 5 }])).toBe(2);
  expect(knownUpTo([{ seq: 7 }, { seq: 8 }, { seq: 8.001 }])).toBe(8);
  expect(knownUpTo([])).toBe(0);
});
