/** What the page knows. */

import type { Pending } from "./outbox";
import type { Case, Closed, Me, Queue, Suggestions } from "./types";

export type Phase = "loading" | "login" | "password" | "desk";
export type View = "desk" | "overview" | "people";
export type Gone = "returned" | "handed_on" | "closed" | "erased";

/** A ticket that is open in this page. */
export interface Conversation {
  case: Case | null;
  /** What stands in the input. */
  text: string;
  /** When the patient was last seen typing, milliseconds. */
  typingAt: number;
  suggestions: Suggestions | null;
  /** Why it is not mine any more; it stays on the screen until the expert has seen that. */
  gone: Gone | null;
  /** It could not be read; the server's words, or "" for no network. */
  failed: string | null;
}

export interface Alarm {
  ticket: string;
  mine: boolean;
  at: number;
}

/** A short word at the foot of the page; `n` makes each one new. */
export interface Notice {
  n: number;
  text: string;
  bad: boolean;
}

export interface State {
  phase: Phase;
  /** The session ended while the page was open. */
  expired: boolean;
  me: Me | null;
  queue: Queue | null;
  /** When the queue was read, milliseconds: its waiting times run on from there. */
  queueAt: number;
  conversations: Readonly<Record<string, Conversation>>;
  pending: readonly Pending[];
  /** Tickets side by side, and the one that the keyboard and the case panel belong to. */
  columns: readonly string[];
  focus: string | null;
  view: View;
  connected: boolean;
  alarms: readonly Alarm[];
  notice: Notice | null;
  closed: readonly Closed[];
}

export const START: State = {
  phase: "loading", expired: false, me: null, queue: null, queueAt: 0, conversations: {}, pending: [], columns: [],
  focus: null, view: "desk", connected: true, alarms: [], notice: null, closed: [],
};

export const EMPTY: Conversation = { case: null, text: "", typingAt: 0, suggestions: null, gone: null, failed: null };
