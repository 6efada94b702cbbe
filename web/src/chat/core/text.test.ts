import { expect, test } from "vitest";
import { blocks, fold } from "./text";

test("neighbouring lines with a dot are one list", () => {
  expect(blocks("先看\n· 一\n· 二\n再看\n\n· 三")).toEqual([
    { type: "line", text: "先看" }, { type: "list", items: ["一", "二"] },
    { type: "line", text: "再看" }, { type: "list", items: ["三"] },
  ]);
});

test("markup stays text", () => {
  expect(blocks("<b>x</b>")).toEqual([{ type: "line", text: "<b>x</b>" }]);
});

test("short texts are not folded", () => {
  expect(fold("短".repeat(200)).rest).toBe("");
  expect(fold(`${"长".repeat(190)}。${"尾".repeat(20)}`).rest).toBe(""); // too little would be hidden
});

test("a long text is cut behind a line or a sentence, and nothing is lost", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `第${i}行有十五个字左右这么长吧。`).join("\n");
  const { head, rest } = fold(lines);
  expect(`${head}\n${rest}`).toBe(lines);
  expect(head.length).toBeLessThan(210);
  const sentence = fold("这是一句话。".repeat(60));
  expect(sentence.head.endsWith("。")).toBe(true);
  expect(sentence.head + sentence.rest).toBe("这是一句话。".repeat(60));
});
