import { expect, test } from "vitest";
import { lastSeq, merge } from "../../shared/messages";
import { isPicture, isWeb } from "../../shared/safe";
import { answersOf, currentStep, latestTurn, messagesOfStep, unsaved, visitSheet } from "./messages";
import type { Custom, Message } from "./types";

function message(seq: number, from: Message["from"], custom: Custom = {}, more: Partial<Message> = {}): Message {
  return { seq, at: "2026-11-22T10:00:00Z", from, id: null, text: `${seq}`, choices: [], image: null, custom, ...more };
}

const talk = [message(1, "bot"), message(2, "user"), message(3, "bot"), message(4, "bot")];

test("history, answers and events make one list in any order", () => {
  const parts = [[talk[3]!], [talk[1]!, talk[2]!], [talk[0]!, talk[1]!]];
  expect(parts.reduce<Message[]>((all, part) => merge(all, part), [])).toEqual(talk);
  expect(parts.reverse().reduce<Message[]>((all, part) => merge(all, part), [])).toEqual(talk);
  expect(merge(talk, talk)).toEqual(talk);
});

test("what the server tells replaces what the page made up", () => {
  const mine = message(2, "user", {}, { text: "一" });
  expect(merge([mine], [talk[1]!])).toEqual([talk[1]]);
});

test("an unsaved emergency stands last and does not move the number the events resume from", () => {
  const made = merge(talk, unsaved(talk, "咳血", [message(0, "bot", { kind: "emergency" })]));
  expect(made.map((one) => one.text)).toEqual(["1", "2", "3", "4", "咳血", "0"]);
  expect(lastSeq(made)).toBe(4);
  expect(merge(made, [message(5, "user")]).map((one) => one.seq).pop()).toBe(5);
});

test("only what was said since the person spoke offers quick replies", () => {
  expect(latestTurn(talk).map((one) => one.seq)).toEqual([3, 4]);
  expect(latestTurn([talk[0]!]).map((one) => one.seq)).toEqual([1]);
  expect(latestTurn([talk[0]!, talk[1]!])).toEqual([]);
});

test("the step is that of the bot's last message", () => {
  expect(currentStep([message(1, "bot", { step: "rebiopsy" }), message(2, "system")])).toBe("rebiopsy");
  expect(currentStep([])).toBeNull();
});

const asked = { kind: "question", step: "progression" } as const;

test("a step's questions are told once, in their first words and with their latest answers", () => {
  const said = [
    message(1, "bot", { ...asked, topic: "confirm_resistance" }, { text: "怎么知道的？" }),
    message(3, "bot", { ...asked, topic: "progression_pattern" }, { text: "哪种情况？" }),
    message(5, "bot", { ...asked, topic: "progression_pattern" }, {
      text: "接着刚才的：哪种情况？", choices: [{ id: "b", title: "慢" }, { id: "c", title: "上一步" }],
    }),
  ];
  const found = messagesOfStep(said, "progression");
  expect(found.map((one) => one.text)).toEqual(["怎么知道的？", "哪种情况？"]);
  expect(answersOf(found[1]!, ["上一步"])).toEqual([{ id: "b", title: "慢" }]);
});

test("a restart forgets the steps before it", () => {
  const said = [
    message(1, "bot", { ...asked, topic: "confirm_resistance" }),
    message(2, "bot", { kind: "smalltalk", topic: "restart" }),
  ];
  expect(messagesOfStep(said, "progression")).toEqual([]);
});

test("a visit sheet is offered while its link is good", () => {
  const sheet = { url: "/visit/abc", pdf: "/visit/abc.pdf", expires_at: "2026-12-22T10:00:00Z" };
  const said = [message(1, "bot", { visit_sheet: sheet }), message(2, "user")];
  expect(visitSheet(said, 0, Date.parse("2026-11-22"))).toBe("/visit/abc");
  expect(visitSheet(said, 2, Date.parse("2026-11-22"))).toBe("/visit/abc?size=2");
  expect(visitSheet(said, 2, Date.parse("2026-12-23"))).toBeNull();
  expect(visitSheet([...said, message(3, "bot")], 0, Date.parse("2026-11-22"))).toBeNull();
});

test.each(["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "", null, undefined])(
  "%s is no address for a link", (url) => {
    expect(isWeb(url)).toBe(false);
    expect(isPicture(url)).toBe(false);
    const sheet = { url: url ?? "", pdf: "", expires_at: "2036-12-22T10:00:00Z" };
    expect(visitSheet([message(1, "bot", { visit_sheet: sheet })], 0, 0)).toBeNull();
  });

test("http, https and our own pictures are", () => {
  expect(isWeb("https://www.nmpa.gov.cn/")).toBe(true);
  expect(isPicture("/media/a.svg")).toBe(true);
});
