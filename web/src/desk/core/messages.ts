/** Cases and the list of my tickets. */

import { merge } from "../../shared/messages";
import type { Case, Held } from "./types";

/** What a later answer says about a case, with the messages that were known before. */
export const mergeCase = (known: Case | undefined, told: Case): Case =>
  known ? { ...told, messages: merge(known.messages, told.messages) } : told;

const number = (one: Held): number => Number(one.ticket.replace(/\D/g, ""));

/** Who waits for my answer stands first, the longest wait on top (of equal ones the older ticket), danger before all; then
 * the latest talk. */
export function inOrder(held: readonly Held[]): Held[] {
  const at = (one: Held) => one.last_at ?? "";
  return [...held].sort((a, b) =>
    Number(b.unanswered_seconds !== null) - Number(a.unanswered_seconds !== null)
    || (a.unanswered_seconds !== null ? Number(b.urgent) - Number(a.urgent) : 0)
    || (b.unanswered_seconds ?? 0) - (a.unanswered_seconds ?? 0)
    || (a.unanswered_seconds !== null ? a.opened_at.localeCompare(b.opened_at) || number(a) - number(b)
      : at(b).localeCompare(at(a))));
}
