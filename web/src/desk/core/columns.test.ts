import { expect, test } from "vitest";
import { fitting, hidden, shown } from "./columns";

const two = { columns: ["a", "b"], focus: "b" };

test("a ticket takes the place of the focused one", () => {
  expect(shown(two, "c", false, 2)).toEqual({ columns: ["a", "c"], focus: "c" });
  expect(shown({ columns: [], focus: null }, "c", false, 2)).toEqual({ columns: ["c"], focus: "c" });
});

test("beside: in a new column while there is room, else where the eye is not", () => {
  expect(shown(two, "c", true, 3)).toEqual({ columns: ["a", "b", "c"], focus: "c" });
  expect(shown(two, "c", true, 2)).toEqual({ columns: ["c", "b"], focus: "c" });
  expect(shown({ columns: ["a"], focus: "a" }, "c", true, 1)).toEqual({ columns: ["c"], focus: "c" });
});

test("what is there already only gets the focus", () => {
  expect(shown(two, "a", true, 3)).toEqual({ columns: ["a", "b"], focus: "a" });
});

test("the focus goes to a neighbour when its column closes", () => {
  expect(hidden(two, "b")).toEqual({ columns: ["a"], focus: "a" });
  expect(hidden(two, "a")).toEqual({ columns: ["b"], focus: "b" });
  expect(hidden({ columns: ["a"], focus: "a" }, "a")).toEqual({ columns: [], focus: null });
});

test("a narrower window keeps the focused one", () => {
  expect(fitting({ columns: ["a", "b", "c"], focus: "c" }, 1920)).toEqual(["a", "b", "c"]);
  expect(fitting({ columns: ["a", "b", "c"], focus: "c" }, 1440)).toEqual(["a", "c"]);
  expect(fitting({ columns: ["a", "b", "c"], focus: "b" }, 1024)).toEqual(["b"]);
});
