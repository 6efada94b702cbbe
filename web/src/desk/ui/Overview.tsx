import { useEffect, useState } from "preact/hooks";
import { stamp } from "../../shared/time";
import * as lead from "../core/api-lead";
import type { Desk } from "../core/desk";
import { duration } from "../core/duration";
import type { State } from "../core/state";
import type { OverviewData } from "../core/types-lead";
import { t } from "../words";
import { Bars } from "./Bars";
import { OpenTickets } from "./OpenTickets";

const EVERY_MS = 15_000;

/** For whoever is responsible that nobody is forgotten. No words of patients. */
export function Overview({ desk, state }: { desk: Desk; state: State }) {
  const [data, setData] = useState<OverviewData | null>(null);
  const read = async () => {
    const told = await desk.tried(lead.overview());
    if (told) setData(told);
  };
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => void read(), [state.queue]);
  if (!data) return <main class="opening">{t("loading")}</main>;
  // The day, and the night as far as something happened in it; no hour between them is left out.
  const busy = data.per_hour.filter((one) => one.opened + one.answered + one.closed > 0).map((one) => one.hour);
  const hours = data.per_hour.slice(Math.min(7, ...busy), Math.max(21, ...busy) + 1);
  return (
    <main class="overview">
      <p class="soft at">{t("overview.at", { time: stamp(data.at) })}</p>
      <Tiles data={data} minutes={state.me!.desk.escalate_minutes} />
      <div class="charts">
        <Bars title={t("overview.perHour")} axis={t("overview.hour")} labels={hours.map((one) => `${one.hour}`)}
          series={[
            { name: t("overview.opened"), values: hours.map((one) => one.opened) },
            { name: t("overview.answeredBar"), values: hours.map((one) => one.answered) },
            { name: t("overview.closedBar"), values: hours.map((one) => one.closed) },
          ]} />
        <Bars title={t("overview.scores")} axis={t("overview.rating")}
          labels={data.ratings.scores.map((_, i) => t("overview.score", { n: i + 1 }))}
          series={[{ name: t("overview.people"), values: data.ratings.scores }]} />
      </div>
      <OpenTickets desk={desk} data={data} read={() => void read()} />
      <section class="team" aria-labelledby="team">
        <h2 id="team">{t("overview.team")}</h2>
        <ul>
          {data.people.map((one) => (
            <li key={one.name}>
              <span class={`dot${one.online ? " online" : ""}`} />{one.title || one.name}
              <span class="soft">{t(one.online ? "bar.online" : "bar.offline")} · {t("overview.hands", { n: one.tickets })}</span>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

function Tiles({ data, minutes }: { data: OverviewData; minutes: number }) {
  const { first_answer: first, ratings } = data;
  const time = (seconds: number | null) => (seconds === null ? t("overview.nobody") : duration(seconds));
  const { outside_hours: outside } = first;
  const apart = outside.p50_seconds === null ? ""
    : t("overview.firstOutside", { n: outside.count, p50: duration(outside.p50_seconds) });
  const within = first.within_target === null ? "" : t("overview.target", { n: Math.round(first.within_target * 100), minutes });
  return (
    <dl class="tiles">
      <Tile what={t("overview.waiting")} much={data.waiting} more={`${t("overview.urgent")} ${data.urgent}`} alarm={data.urgent > 0} />
      <Tile what={t("overview.longest")} much={time(data.longest_wait_seconds)}
        more={data.longest_office_seconds === null ? "" : t("overview.office", { time: duration(data.longest_office_seconds) })} />
      <Tile what={t("overview.late")} much={data.escalated} more={t("overview.lateMore", { n: data.warning })} alarm={data.escalated > 0} />
      <Tile what={t("overview.claimed")} much={data.claimed} more={`${t("overview.callbacks")} ${data.callbacks}`} />
      <Tile what={t("overview.answered")} much={data.answered_today}
        more={t("overview.answeredMore", { opened: data.opened_today, closed: data.closed_today })} />
      <Tile what={t("overview.first")} much={time(first.p50_seconds)}
        more={[first.p95_seconds !== null && t("overview.firstMore", { p95: duration(first.p95_seconds) }), within, apart]
          .filter(Boolean).join("。")} />
      <Tile what={t("overview.rating")} much={ratings.mean ?? t("overview.nobody")} more={t("overview.ratingMore", { n: ratings.count })} />
    </dl>
  );
}

function Tile({ what, much, more, alarm }: { what: string; much: string | number; more: string; alarm?: boolean }) {
  return <div class={`tile${alarm ? " alarm" : ""}`}><dt>{what}</dt><dd><b>{much}</b><span>{more}</span></dd></div>;
}
