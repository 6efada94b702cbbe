/** The lead's overview and the admin's calls. */

import type { Level, Reason, Role } from "./types";

export interface PerHour {
  hour: number;
  opened: number;
  answered: number;
  closed: number;
}

export interface OpenTicket {
  ticket: string;
  state: "open" | "claimed";
  claimed_by: string | null;
  title: string | null;
  reason: Reason;
  urgent: boolean;
  alarms: number;
  opened_at: string;
  waiting_seconds: number | null;
  office_seconds: number | null;
  level: Level;
  answered: boolean;
}

export interface Teammate {
  name: string;
  title: string;
  role: Role;
  online: boolean;
  tickets: number;
}

export interface Spread {
  count: number;
  p50_seconds: number | null;
  p95_seconds: number | null;
}

export interface OverviewData {
  at: string;
  waiting: number;
  urgent: number;
  claimed: number;
  longest_wait_seconds: number | null;
  longest_office_seconds: number | null;
  warning: number;
  escalated: number;
  opened_today: number;
  answered_today: number;
  closed_today: number;
  callbacks: number;
  first_answer: Spread & { within_target: number | null; outside_hours: Spread };
  ratings: { count: number; mean: number | null; scores: number[] };
  per_hour: PerHour[];
  tickets: OpenTicket[];
  people: Teammate[];
}

export interface Account {
  name: string;
  title: string;
  role: Role;
  disabled: boolean;
  totp: boolean;
  must_change: boolean;
  online: boolean;
  made_at: string;
  seen_at: string | null;
}

export interface Entry {
  number: number;
  at: string;
  who: string;
  what: string;
  ticket: string | null;
  detail: string;
}

export interface AuditPage {
  entries: Entry[];
  verified: boolean;
  broken_at: number | null;
}

/** A new secret for one-time codes; qr: the dark parts as the path of a square SVG. */
export interface Code {
  secret: string;
  qr: { size: number; path: string };
}
