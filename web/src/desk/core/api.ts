/** The calls of the desk. The cookie is the browser's affair; the CSRF token is kept here. */

import { ask, type Asked } from "../../shared/http";
import type {
  Answer, Case, Closed, Content, Held, Me, Message, Note, Queue, Suggestions, Ticket,
} from "./types";

export const ROOT = "/api/desk/v1";
let csrf = "";

export function call<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  const headers: Record<string, string> = method === "GET" || !csrf ? {} : { "X-CSRF-Token": csrf };
  return ask<T>(method, `${ROOT}/${path}`, { ...asked, headers });
}

async function entered(me: Promise<Me>): Promise<Me> {
  csrf = (await me).csrf;
  return me;
}

export const whoAmI = (): Promise<Me> => entered(call("GET", "session"));
export const login = (name: string, password: string, code: string): Promise<Me> =>
  entered(call("POST", "session", { body: { name, password, ...(code ? { code } : {}) } }));
export const logout = (): Promise<void> => call("DELETE", "session");
export const presence = (active: boolean): Promise<{ idle_seconds: number }> =>
  call("POST", "presence", { body: { active } });
export const changePassword = (old: string, made: string): Promise<void> =>
  call("PUT", "password", { body: { old, new: made } });

export const queue = (): Promise<Queue> => call("GET", "queue");
export const mine = (): Promise<{ mine: Held[]; closed: Closed[] }> => call("GET", "tickets");
export const claim = (ticket: string): Promise<Case> => call("POST", `${of(ticket)}/claim`);
export const next = (): Promise<Case> => call("POST", "queue/next");
export const giveBack = (ticket: string): Promise<void> => call("POST", `${of(ticket)}/return`);
export const handOn = (ticket: string, to: string): Promise<void> =>
  call("POST", `${of(ticket)}/hand-on`, { body: { to } });

export const read = (ticket: string, since = 0): Promise<Case> => call("GET", `${of(ticket)}?since=${since}`);
export const say = (ticket: string, id: string, content: Content): Promise<{ message: Message }> =>
  call("POST", `${of(ticket)}/messages`, { body: { id, ...content } });
export const suggestions = (ticket: string): Promise<Suggestions> => call("GET", `${of(ticket)}/suggestions`);
export const draft = (ticket: string, text: string, keepalive = false): Promise<void> =>
  call("PUT", `${of(ticket)}/draft`, { body: { text }, keepalive });
export const typing = (ticket: string): Promise<void> => call("POST", `${of(ticket)}/typing`);
export const note = (ticket: string, text: string): Promise<Note> => call("POST", `${of(ticket)}/notes`, { body: { text } });
export const close = (ticket: string, reason: string, offer: boolean): Promise<{ ticket: Ticket }> =>
  call("POST", `${of(ticket)}/close`, { body: { reason, offer } });
export const reveal = (ticket: string): Promise<{ number: string }> => call("POST", `${of(ticket)}/callback/reveal`);
export const called = (ticket: string): Promise<void> => call("DELETE", `${of(ticket)}/callback`);
export const answers = (query: string): Promise<{ answers: Answer[] }> =>
  call("GET", `answers?q=${encodeURIComponent(query)}`);

const of = (ticket: string): string => `tickets/${encodeURIComponent(ticket)}`;
