import { expect, test } from "vitest";
import { duration } from "./duration";

test.each([[0, "0秒"], [59.9, "59秒"], [60, "1分钟"], [3599, "59分钟"], [3600, "1小时"], [4000, "1小时6分"],
  [90000, "1天1小时"], [-3, "0秒"]])("%s seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
