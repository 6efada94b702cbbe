/** The public contract, as the page reads it. */

export type Owner = "bot" | "waiting" | "human";
export type Step = "progression" | "rebiopsy" | "mechanism" | "strategy" | "advice" | "done";
export type Kind =
  | "answer" | "question" | "strategies" | "clarify" | "refusal" | "handoff" | "emergency" | "smalltalk";

export interface Choice {
  id: string;
  title: string;
}

export interface Source {
  id: string;
  title: string;
  url: string | null;
}

export interface Strategy {
  id: string;
  category: string;
  regimen: string;
  /** Its place in the list, and what it says in plain words; messages from before November 2026 lack both. */
  number?: number;
  summary?: string;
  evidence_level: string;
  why: string;
  evidence: string;
  approval: string;
  side_effects: string[];
  source_ids: string[];
}

export interface Custom {
  kind?: Kind | null;
  topic?: string | null;
  step?: Step | null;
  sources?: Source[];
  strategies?: Strategy[];
  /** What the text says before and after the rows. */
  around?: { before: string; after: string };
  image_alt?: string;
  /** A picture of the person's own. */
  picture?: { id: string; width: number; height: number };
  visit_sheet?: { url: string; pdf: string; expires_at: string };
}

export interface Message {
  seq: number;
  at: string;
  from: "user" | "bot" | "expert" | "system";
  id: string | null;
  text: string;
  choices: Choice[];
  image: string | null;
  custom: Custom;
}

export interface Answered {
  seq: number;
  owner: Owner;
  replies: Message[];
}

export interface History {
  messages: Message[];
  owner: Owner;
}

export interface Identity {
  id: string;
  token: string;
}

export interface Config {
  phone: string | null;
  office_open: boolean;
  ai_label: string;
  consent_text: string;
  titles: Record<"unknown" | "skip" | "back" | "restart" | "ask_expert" | "phone", string>;
}
