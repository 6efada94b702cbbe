/** Time stamps as a phone's chat shows them. */

const GAP_MS = 5 * 60_000;
const DAY_MS = 24 * 3600_000;
const WEEK = "日一二三四五六";

/** Whether a stamp stands before a message. */
export function stamped(at: string, before: string | undefined): boolean {
  return before === undefined || Date.parse(at) - Date.parse(before) > GAP_MS;
}

export function stamp(at: string, now = new Date()): string {
  const then = new Date(at);
  const clock = `${then.getHours()}:${String(then.getMinutes()).padStart(2, "0")}`;
  const days = Math.round((midnight(now) - midnight(then)) / DAY_MS);
  if (days <= 0) return clock;
  if (days === 1) return `昨天 ${clock}`;
  if (days < 7) return `星期${WEEK[then.getDay()]} ${clock}`;
  const year = then.getFullYear() === now.getFullYear() ? "" : `${then.getFullYear()}年`;
  return `${year}${then.getMonth() + 1}月${then.getDate()}日 ${clock}`;
}

const midnight = (moment: Date): number => new Date(moment).setHours(0, 0, 0, 0);
