import { expect, test } from "vitest";
import { detailOf, whatOf, whoOf } from "./audit";

const reasons = [{ id: "see_doctor", title: "请患者去医院看" }];
const entry = (what: string, detail = "", who = "li") =>
  ({ number: 1, at: "2026-11-22T10:00:00Z", who, what, ticket: null, detail });

test.each([
  ["added_person", "chen expert", "chen：专家"],
  ["changed_person", "chen role=lead disabled=True", "chen：角色改为组长，停用"],
  ["changed_person", "chen disabled=False", "chen：重新启用"],
  ["changed_person", "chen", "chen"],
  ["reset_password", "chen", "chen"],
  ["closed", "see_doctor", "请患者去医院看"],
  ["returned", "li", "原来在 li 手上"],
  ["returned", "li away", "li：不在线了"],
  ["returned", "li logged_out", "li：退出了登录"],
  ["returned", "li no_access", "li：账号不能再接待"],
  ["handed_on", "wang", "转给 wang"],
  ["exported", "queue 3", "排队名单，3条"],
  ["exported", "offers 2", "供参考的回答，2条"],
  ["exported", "unsure 12", "没听懂的话，12条"],
  ["deleted_offer", "7", "第7条"],
  ["logged_in", "", ""],
])("%s, %s is told as %s", (what, detail, told) => {
  expect(detailOf(entry(what, detail), reasons)).toBe(told);
});

test.each([["closed", "new_reason"], ["flew", "to the moon"]])("%s, %s is unknown and shown as it is", (what, detail) => {
  expect(detailOf(entry(what, detail), reasons)).toBe(detail);
});

test.each([["added_person", "chen pilot", "chen：pilot"], ["changed_person", "chen wings=2", "chen：wings=2"],
  ["returned", "li asleep", "li：asleep"], ["exported", "weather 2", "weather，2条"]])(
  "what is unknown in %s, %s stays", (what, detail, told) => {
    expect(detailOf(entry(what, detail), reasons)).toBe(told);
  });

test("acts and actors have words, unknown ones stay", () => {
  expect(whatOf(entry("added_person"))).toBe("新建账号");
  expect(whatOf(entry("flew"))).toBe("flew");
  expect(["li", "-", "?", "@root"].map((who) => whoOf(entry("claimed", "", who))))
    .toEqual(["li", "程序", "不存在的账号", "命令行（root）"]);
});
