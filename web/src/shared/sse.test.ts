import { expect, test } from "vitest";
import { EventParser } from "./sse";

test("an event cut anywhere is put together again", () => {
  const stream = 'id: 7\nevent: message\ndata: {"text": "您好：\\n在"}\n\n: ping\n\nevent: owner\ndata: {}\n\n';
  for (let cut = 0; cut <= stream.length; cut++) {
    const parser = new EventParser();
    const events = [...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))];
    expect(events).toEqual([
      { id: "7", event: "message", data: '{"text": "您好：\\n在"}' },
      { id: "", event: "owner", data: "{}" },
    ]);
  }
});

test("an unfinished event is not told", () => {
  expect(new EventParser().push("event: message\ndata: {}\n")).toEqual([]);
});

test("several data lines are one text", () => {
  expect(new EventParser().push("data: a\ndata: b\n\n")[0]?.data).toBe("a\nb");
});
