import { expect, test } from "vitest";
import { aroundRows, blocks, fold } from "./text";
import type { Strategy } from "./types";

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

function row(regimen: string, evidence_level: string, approval: string): Strategy {
  return { id: regimen, category: "", regimen, evidence_level, approval, why: "", evidence: "", side_effects: [], source_ids: [] };
}

const rows = [row("换用A（三代）", "大型研究", "已批准"), row("A + B", "大型研究", "请问医院")];
const text = `先看：\n3. 换用A（三代）\n第一句。\n第二句。\n依据：大型研究\n国内：已批准\n4. A + B\n说明。\n依据：大型研究\n国内：请问医院\n要提醒的是……`;

test("a text around its rows is taken apart", () => {
  expect(aroundRows(text, rows)).toEqual({
    intro: "先看：",
    rows: [{ number: "3", summary: "第一句。\n第二句。" }, { number: "4", summary: "说明。" }],
    outro: "要提醒的是……",
  });
});

test("a text that is built otherwise is left alone", () => {
  expect(aroundRows("别的写法", rows)).toBeNull();
});
