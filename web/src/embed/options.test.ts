import { expect, test } from "vitest";
import { optionsOf } from "./options";

const SRC = "https://chat.hospital.cn/embed.js?v=1";

test("without data attributes there are sensible defaults", () => {
  expect(optionsOf(SRC, {})).toEqual({
    origin: "https://chat.hospital.cn", position: "right", colour: "#0b5c55", greeting: "", phone: "",
  });
});

test("what is configured is used", () => {
  const data = { position: "left", color: "rgb(20, 60, 120)", greeting: " 您好 ", phone: "021-1234 5678" };
  expect(optionsOf(SRC, data)).toMatchObject({
    position: "left", colour: "rgb(20, 60, 120)", greeting: "您好", phone: "021-12345678",
  });
});

test("a colour cannot smuggle in other styles, nor a phone a link", () => {
  const data = { color: "red;} * {display:none", phone: "javascript:alert(1)" };
  expect(optionsOf(SRC, data)).toMatchObject({ colour: "#0b5c55", phone: "1" });
});
