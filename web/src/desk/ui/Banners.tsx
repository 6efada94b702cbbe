import type { Desk } from "../core/desk";
import type { State } from "../core/state";
import { t } from "../words";
import { useNow } from "./hooks";
import { Icon } from "./icons";

/** Nobody has touched the page for long: any touch keeps it. */
function Leaving({ desk }: { desk: Desk }) {
  useNow();
  const left = desk.idle.left();
  if (left === null) return null;
  return (
    <div class="banner trouble">
      <p>{t("idle.warn", { n: Math.max(1, Math.ceil(left / 60_000)) })}</p>
      <button type="button" onClick={() => desk.touched()}>{t("idle.here")}</button>
    </div>
  );
}

/** Danger first, then what stands in the way. */
export function Banners({ desk, state }: { desk: Desk; state: State }) {
  const claimable = (ticket: string) => state.queue?.waiting.some((one) => one.ticket === ticket) ?? false;
  return (
    <div class="banners">
      <div role="alert">
        {state.alarms.map(({ ticket, mine }) => (
          <div class="banner alarm" key={ticket}>
            <Icon name="alarm" />
            <p><b>{t("alarm.title", { ticket })}</b> {t(mine ? "alarm.mine" : "alarm.theirs")}</p>
            {mine && <button type="button" onClick={() => desk.show(ticket)}>{t("alarm.look")}</button>}
            {!mine && claimable(ticket) && (
              <button type="button" onClick={() => void desk.claim(ticket)}>{t("alarm.claim")}</button>
            )}
            <button type="button" onClick={() => desk.dismissAlarm(ticket)}>{t("alarm.dismiss")}</button>
          </div>
        ))}
      </div>
      <div role="status">
        {!state.connected && (
          <div class="banner trouble">
            <p>{t("link.lost", { n: state.me?.desk.away_seconds ?? 0 })}</p>
            <button type="button" onClick={() => desk.wake()}>{t("link.retry")}</button>
          </div>
        )}
        <Leaving desk={desk} />
        {state.me && !state.me.desk.calendar_known && <div class="banner"><p>{t("calendar.unknown")}</p></div>}
      </div>
    </div>
  );
}
