/** The desk's API as the page reads it: docs/desk-api.md. Times are UTC stamps, seconds whole numbers. */

export type Role = "expert" | "lead" | "admin";
export type Reason = "asked" | "outside_scope" | "misunderstood" | "failure" | "emergency" | "picture" | "callback";
export type Level = "ok" | "warning" | "escalated";
export type Sender = "user" | "bot" | "expert" | "system";

export interface Person {
  name: string;
  title: string;
  role: Role;
  totp: boolean;
}

export interface CloseReason {
  id: string;
  title: string;
}

export interface Constants {
  away_seconds: number;
  idle_minutes: number;
  warn_minutes: number;
  escalate_minutes: number;
  office_hours: string;
  office_open: boolean;
  next_opening: string | null;
  calendar_known: boolean;
  close_reasons: CloseReason[];
}

export interface Me {
  person: Person;
  csrf: string;
  expires_at: string;
  must_change: boolean;
  desk: Constants;
}

export interface Waiting {
  ticket: string;
  position: number;
  reason: Reason;
  urgent: boolean;
  alarms: number;
  opened_at: string;
  waiting_seconds: number;
  office_seconds: number;
  level: Level;
  returned: boolean;
  answered: boolean;
  callback: boolean;
}

export interface Held {
  ticket: string;
  reason: Reason;
  urgent: boolean;
  alarms: number;
  opened_at: string;
  claimed_at: string;
  answered: boolean;
  unanswered_seconds: number | null;
  last_seq: number;
  last_at: string | null;
  last_from: Sender | null;
  draft: boolean;
  callback: boolean;
}

export interface Colleague {
  name: string;
  title: string;
  online: boolean;
  tickets: number;
}

export interface Queue {
  waiting: Waiting[];
  mine: Held[];
  colleagues: Colleague[];
  office_open: boolean;
}

export interface Closed {
  ticket: string;
  closed_at: string;
  closed_for: string | null;
  rating: number | null;
}

export interface Source {
  id: string;
  title: string;
  url: string | null;
}

export interface Custom {
  kind?: string | null;
  topic?: string | null;
  by?: string | null;
  sources?: Source[];
  picture?: { id: string; width: number; height: number };
}

export interface Message {
  seq: number;
  at: string;
  from: Sender;
  id: string | null;
  text: string;
  choices: { id: string; title: string }[];
  image: string | null;
  custom: Custom;
}

export interface Ticket {
  id: string;
  state: "open" | "claimed" | "closed";
  reason: Reason;
  urgent: boolean;
  alarms: number;
  opened_at: string;
  claimed_at: string | null;
  claimed_by: string | null;
  first_answered_at: string | null;
  closed_at: string | null;
  closed_for: string | null;
  rating: number | null;
  question: string;
  returned: number;
}

export interface Flag {
  topic: string;
  title: string;
  at: string;
  seq: number;
}

export interface Said {
  seq: number;
  kind: string;
  topic: string;
  title: string;
  line: string;
}

export interface Summary {
  facts: { what: string; said: string | null }[];
  text: string;
  step: { id: string; title: string } | null;
  red_flags: Flag[];
  bot_said: Said[];
}

export interface Note {
  id: number;
  at: string;
  by: string;
  title: string;
  text: string;
}

export interface Callback {
  number: string;
  asked_at: string;
}

export interface Case {
  ticket: Ticket;
  summary: Summary;
  messages: Message[];
  notes: Note[];
  draft: { text: string };
  callback: Callback | null;
}

export interface Suggestion {
  id: string;
  category: string;
  regimen: string;
  why: string;
  evidence_level: string;
  evidence: string;
  approval: string;
  side_effects: string[];
  sources: Source[];
  text: string;
}

export interface Suggestions {
  strategies: Suggestion[];
  cautions: Suggestion[];
}

export interface Answer {
  id: string;
  title: string;
  group: string;
  text: string;
  sources: Source[];
}

/** What an expert sends: own words, a row of the strategy table, or a canned answer. */
export type Content = { text: string } | { strategy: string } | { answer: string };
