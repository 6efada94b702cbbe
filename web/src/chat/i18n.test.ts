import { expect, test } from "vitest";
import hant from "virtual:words-hant";
import { preferred } from "./i18n";
import { words } from "./words";

test.each([
  [["zh-TW"], "hant"], [["zh-HK", "en"], "hant"], [["en", "zh-Hant-CN"], "hant"], [["zh-CN"], "hans"], [["zh"], "hans"],
  [["en"], "hans"], [[], "hans"],
])("who prefers %s reads %s", (languages, script) => expect(preferred(languages)).toBe(script));

test("every word has its Traditional form, with the same places", () => {
  expect(Object.keys(hant)).toEqual(Object.keys(words));
  expect(hant["action.visit"]).toBe("就診清單");
  expect(hant["compose.left"]).toContain("{n}");
});
