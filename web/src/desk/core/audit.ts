/** An entry of the audit log in plain words. What the page has no words for is shown as it is. */

import { isWord, t } from "../words";
import type { CloseReason } from "./types";
import type { Entry } from "./types-lead";

/** Who did it: an account, the command line of that machine, the program itself, or nobody known. */
export function whoOf({ who }: Entry): string {
  if (who.startsWith("@")) return t("audit.who.command", { name: who.slice(1) });
  return who === "-" ? t("audit.who.program") : who === "?" ? t("audit.who.unknown") : who;
}

export function whatOf({ what }: Entry): string {
  return word(`audit.did.${what}`, what);
}

export function detailOf({ what, detail }: Entry, reasons: readonly CloseReason[]): string {
  const [first = "", ...rest] = detail.split(" ");
  const last = rest.join(" ");
  switch (what) {
    case "closed":
      return reasons.find((one) => one.id === detail)?.title ?? detail;
    case "added_person":
      return last ? t("audit.account", { name: first, what: word(`role.${last}`, last) }) : detail;
    case "changed_person":
      return last ? t("audit.account", { name: first, what: rest.map(change).join(t("audit.and")) }) : detail;
    case "returned":
      return last ? t("audit.account", { name: first, what: word(`audit.why.${last}`, last) })
        : t("audit.held", { name: first });
    case "handed_on":
      return t("audit.to", { name: detail });
    case "exported":
      return last ? t("audit.counted", { what: word(`audit.list.${first}`, first), n: last }) : detail;
    case "deleted_offer":
      return t("audit.nth", { n: detail });
    default:
      return detail;
  }
}

/** role=lead, disabled=True: what of an account became another. */
function change(told: string): string {
  const [key, value = ""] = told.split("=");
  if (key === "role") return t("audit.change.role", { role: word(`role.${value}`, value) });
  return word(`audit.change.${told}`, told);
}

function word(key: string, otherwise: string): string {
  return isWord(key) ? t(key) : otherwise;
}
