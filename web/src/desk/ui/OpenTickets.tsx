import { stamp } from "../../shared/time";
import * as api from "../core/api";
import type { Desk } from "../core/desk";
import { duration } from "../core/duration";
import type { OpenTicket, OverviewData } from "../core/types-lead";
import { t } from "../words";
import { Reason } from "./Reason";

interface Props {
  desk: Desk;
  data: OverviewData;
  read(): void;
}

/** Everything that has not ended: where it is, and a way to move it. */
export function OpenTickets({ desk, data, read }: Props) {
  const move = async (call: Promise<void>) => {
    if ((await desk.tried(call.then(() => true))) !== null) desk.tell(t("overview.moved"));
    read();
  };
  const there = data.people.filter((one) => one.online);
  return (
    <section aria-labelledby="tickets">
      <h2 id="tickets">{t("overview.tickets")}</h2>
      {data.tickets.length === 0 && <p class="soft">{t("overview.none")}</p>}
      {data.tickets.length > 0 && (
        <div class="table" tabIndex={0} role="group" aria-labelledby="tickets">
          <table>
            <thead><tr>
              <th>{t("overview.ticket")}</th><th>{t("overview.why")}</th><th>{t("overview.state")}</th><th>{t("overview.wait")}</th>
              <th>{t("overview.move")}</th>
            </tr></thead>
            <tbody>
              {data.tickets.map((one) => (
                <tr key={one.ticket} class={one.level}>
                  <th scope="row">{one.ticket}</th>
                  <td><Reason one={one} /></td>
                  <td>{one.state === "open" ? t("overview.queue") : one.title || one.claimed_by}</td>
                  <td>{wait(one)}{one.level !== "ok" && <span class={`tag ${one.level}`}>{t(`level.${one.level}`)}</span>}</td>
                  <td class="moves">
                    <select aria-label={t("overview.moveLabel", { ticket: one.ticket })} value=""
                      onChange={(event) => void move(api.handOn(one.ticket, event.currentTarget.value))}>
                      <option value="">{t("overview.moveTo")}</option>
                      {there.filter((other) => other.name !== one.claimed_by).map((other) => (
                        <option key={other.name} value={other.name}>{other.title || other.name}</option>
                      ))}
                    </select>
                    {one.state === "claimed" && (
                      <button type="button" onClick={() => void move(api.giveBack(one.ticket))}>{t("overview.back")}</button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const wait = (one: OpenTicket): string => (one.waiting_seconds === null ? stamp(one.opened_at) : duration(one.waiting_seconds));
