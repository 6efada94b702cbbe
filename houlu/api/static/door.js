// The HTTP API: one conversation, remembered on this device. Knows nothing of the page.

const API = "/api/v1/conversations";
const REMEMBERED = "houlu.conversation";
const RECONNECT_MS = 3000;

export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? "");
    this.status = status;
  }
}

async function ask(method, path, { token, body } = {}) {
  const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer?.error);
  return answer;
}

export const config = () => ask("GET", "/api/v1/config");

export class Door {
  #known = JSON.parse(localStorage.getItem(REMEMBERED) ?? "null");
  #stream = null;

  get known() { return this.#known !== null; }

  async open(consent) {
    const opened = await ask("POST", API, { body: { consent } });
    this.#known = { id: opened.conversation, token: opened.token };
    localStorage.setItem(REMEMBERED, JSON.stringify(this.#known));
    return opened;
  }

  history(since) { return this.#ask("GET", `/messages?since=${since}`); }

  say(body) { return this.#ask("POST", "/messages", body); }

  async erase() {
    await this.#ask("DELETE", "");
    this.leave();
  }

  leave() {
    this.#stream?.abort();
    this.#known = null;
    localStorage.removeItem(REMEMBERED);
  }

  // Calls tell(event, data) until the conversation is left; last() gives the last sequence number seen.
  async follow(last, tell) {
    this.#stream = new AbortController();
    const { signal } = this.#stream;
    while (!signal.aborted) {
      try {
        const response = await fetch(`${API}/${this.#known.id}/events?since=${last()}`, {
          headers: { Authorization: `Bearer ${this.#known.token}` }, signal,
        });
        if ([401, 403, 404].includes(response.status)) return;
        if (response.ok) await readEvents(response.body, tell);
      } catch { /* offline or left */ }
      if (!signal.aborted) await new Promise((done) => setTimeout(done, RECONNECT_MS));
    }
  }

  #ask(method, path, body) { return ask(method, `${API}/${this.#known.id}${path}`, { token: this.#known.token, body }); }
}

async function readEvents(stream, tell) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event && data) tell(event, JSON.parse(data));
    }
  }
}
