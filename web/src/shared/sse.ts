/** Server-sent events out of a stream of text, for `fetch` with an Authorization header. */

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Cuts a stream into events; keeps what is not complete yet. Comments keep the line alive and are no events. */
export class EventParser {
  private rest = "";

  push(text: string): ServerEvent[] {
    const blocks = (this.rest + text).replace(/\r\n?/g, "\n").split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.map(parse).filter((event) => event.data !== "");
  }
}

function parse(block: string): ServerEvent {
  const event: ServerEvent = { id: "", event: "message", data: "" };
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w*):? ?(.*)$/.exec(line) ?? [];
    if (name === "data") data.push(value ?? "");
    else if (name === "id") event.id = value ?? "";
    else if (name === "event") event.event = value ?? "";
  }
  return { ...event, data: data.join("\n") };
}
