import { expect, test } from "vitest";
import { newId, pause } from "../../shared/retry";
import { Outbox } from "./outbox";
import { MemoryStore } from "./storage";

test("what is added is there in order, in another tab and after a reload", () => {
  const store = new MemoryStore();
  const one = new Outbox(store, "c");
  one.add({ text: "一" }, "一", 1000);
  one.add({ text: "二" }, "二", 1000);
  new Outbox(store, "c").add({ choice: "x" }, "三", 1001);
  expect(new Outbox(store, "c").all().map((unsent) => unsent.title)).toEqual(["一", "二", "三"]);
});

test("the clock's digits do not change the order", () => {
  const outbox = new Outbox(new MemoryStore(), "c");
  outbox.add({ text: "二" }, "二", 10_000);
  outbox.add({ text: "一" }, "一", 9999);
  expect(outbox.all().map((unsent) => unsent.title)).toEqual(["一", "二"]);
});

test("removing and refusing touch one message", () => {
  const outbox = new Outbox(new MemoryStore(), "c");
  const [a, b] = [outbox.add({ text: "一" }, "一"), outbox.add({ text: "二" }, "二")];
  outbox.refuse(a.id, "太长");
  expect(outbox.all().map((unsent) => unsent.refused)).toEqual(["太长", undefined]);
  outbox.remove(b.id);
  expect(outbox.all()).toHaveLength(1);
});

test("another conversation's messages are none of ours", () => {
  const store = new MemoryStore();
  new Outbox(store, "a").add({ text: "一" }, "一");
  const other = new Outbox(store, "b");
  expect(other.all()).toEqual([]);
  other.clear();
  expect(new Outbox(store, "a").all()).toHaveLength(1);
});

test("pauses grow, are never in step, and never shorter than the server asked for", () => {
  expect(pause(0, null, 1)).toBe(1000);
  expect(pause(3, null, 0)).toBe(4000);
  expect(pause(50, null, 1)).toBe(30_000);
  expect(pause(0, 25, 1)).toBe(25_000);
});

test("ids are long and differ", () => {
  expect(newId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newId()).not.toBe(newId());
});
