/** The HTTP API. Every failure is a Refused or a Lost. */

import { ask } from "../../shared/http";
import { load, upload } from "../../shared/files";
import type { Answered, Config, History, Identity, Message, Owner } from "./types";
import type { Content } from "./outbox";

const ROOT = "/api/v1/conversations";
const bearer = (who: Identity): Record<string, string> => ({ Authorization: `Bearer ${who.token}` });

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
  ask("POST", of(who, "/messages"), { headers: bearer(who), body: { id, ...content } });

export const history = (who: Identity, since: number): Promise<History> =>
  ask("GET", of(who, `/messages?since=${Math.floor(since)}`), { headers: bearer(who) });

export const consent = (who: Identity, given: boolean): Promise<Answered> =>
  ask("POST", of(who, "/consent"), { headers: bearer(who), body: { consent: given } });

/** Tells the expert that something is being written. */
export const typing = (who: Identity): Promise<void> => ask("POST", of(who, "/typing"), { headers: bearer(who) });

/** The number is encrypted there and deleted after the call. */
export const callBack = (who: Identity, number: string): Promise<Answered> =>
  ask("POST", of(who, "/callback"), { headers: bearer(who), body: { number } });

export const doNotCall = (who: Identity): Promise<void> => ask("DELETE", of(who, "/callback"), { headers: bearer(who) });

export const show = (who: Identity, id: string, picture: Blob, progress: (share: number) => void): Promise<Answered> =>
  upload(of(who, `/pictures?id=${encodeURIComponent(id)}`), bearer(who), picture, progress);

/** An own picture: it is behind the token, so no address of an <img>. */
export const picture = (who: Identity, id: string): Promise<Blob> =>
  load(of(who, `/pictures/${encodeURIComponent(id)}`), bearer(who));

export const erase = (who: Identity): Promise<void> => ask("DELETE", of(who), { headers: bearer(who) });

export const events = (who: Identity, since: number): { url: string; headers: Record<string, string> } =>
  ({ url: of(who, `/events?since=${Math.floor(since)}`), headers: bearer(who) });
