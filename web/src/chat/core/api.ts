/** The HTTP API. Every failure is a Refused (the server said no) or a Lost (nothing came back). */

import type { Answered, Config, History, Identity, Message, Owner } from "./types";
import type { Content } from "./outbox";

const ROOT = "/api/v1/conversations";
const TIMEOUT_MS = 20_000;

export class Refused extends Error {
  constructor(readonly status: number, message: string, readonly retryAfter: number | null) {
    super(message);
  }

  /** The conversation does not exist (any more) for this token. */
  get gone(): boolean {
    return [401, 403, 404].includes(this.status);
  }

  /** Saying the same again later may work. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

export class Lost extends Error {}

interface Asked {
  token?: string;
  body?: unknown;
}

async function ask<T>(method: string, path: string, { token, body }: Asked = {}): Promise<T> {
  const headers: Record<string, string> = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(path, { method, headers, body: json, signal: stop.signal, cache: "no-store" });
    return await read<T>(answer);
  } catch (error) {
    throw error instanceof Refused ? error : new Lost(String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  const told = await answer.json().catch(() => null);
  if (answer.ok && told !== null) return told as T;
  const seconds = Number(answer.headers.get("Retry-After"));
  // A proxy in between may answer 200 with a page of its own: that is no answer of ours.
  throw new Refused(answer.ok ? 502 : answer.status, told?.error?.message ?? "", seconds > 0 ? seconds : null);
}

export const readConfig = (): Promise<Config> => ask("GET", "/api/v1/config");

interface Opened extends Answered {
  conversation: string;
  token: string;
}

export async function open(consent: boolean): Promise<{ who: Identity; replies: Message[]; owner: Owner }> {
  const opened = await ask<Opened>("POST", ROOT, { body: { consent } });
  return { who: { id: opened.conversation, token: opened.token }, replies: opened.replies, owner: opened.owner };
}

const of = (who: Identity, path = "") => `${ROOT}/${encodeURIComponent(who.id)}${path}`;

export const say = (who: Identity, id: string, content: Content): Promise<Answered> =>
  ask("POST", of(who, "/messages"), { token: who.token, body: { id, ...content } });

export const history = (who: Identity, since: number): Promise<History> =>
  ask("GET", of(who, `/messages?since=${Math.floor(since)}`), { token: who.token });

export const consent = (who: Identity, given: boolean): Promise<Answered> =>
  ask("POST", of(who, "/consent"), { token: who.token, body: { consent: given } });

export const erase = (who: Identity): Promise<void> => ask("DELETE", of(who), { token: who.token });

export const eventsUrl = (who: Identity, since: number): string => of(who, `/events?since=${Math.floor(since)}`);
