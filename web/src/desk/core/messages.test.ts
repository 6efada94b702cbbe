import { expect, test } from "vitest";
import { inOrder } from "./messages";
import type { Held } from "./types";

const held = (ticket: string, unanswered_seconds: number | null, last_at = "", urgent = false): Held => ({
  ticket, unanswered_seconds, last_at, urgent, reason: "asked", alarms: 0, opened_at: "", claimed_at: "", answered: true,
  last_seq: 1, last_from: "user", draft: false, callback: false,
});

test("who waits longest for my answer stands first, danger before all", () => {
  const list = [
    held("answered long ago", null, "10:00"), held("answered just now", null, "11:00"), held("short", 5),
    held("H-10000", 500, "10:00"), held("H-9999", 500, "10:01"), held("danger", 1, "", true), held("danger that I answered", null, "09:00", true),
  ];
  expect(inOrder(list).map((one) => one.ticket)).toEqual(
    ["danger", "H-9999", "H-10000", "short", "answered just now", "answered long ago", "danger that I answered"]);
});
