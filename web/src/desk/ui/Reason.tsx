import type { Reason as Why } from "../core/types";
import { t } from "../words";

/** Why somebody came to the desk, and whether a danger sign was said. `short`: the danger alone. */
export function Reason({ one, short }: { one: { reason: Why; urgent: boolean; alarms: number }; short?: boolean }) {
  return (
    <>
      {one.urgent && <span class="tag alarm" title={t("urgent.n", { n: one.alarms })}>{t("urgent")}</span>}
      {!short && <span class="tag">{t(`reason.${one.reason}`)}</span>}
    </>
  );
}
