import { useState } from "preact/hooks";
import { stamp } from "../../shared/time";
import type { Desk } from "../core/desk";
import type { State, View } from "../core/state";
import { t } from "../words";
import { Dialog } from "./Dialog";
import { Icon } from "./icons";
import { Password } from "./Login";

/** Who I am, whether I am there, and what is outside the conversations. */
export function Bar({ desk, state, onHelp }: { desk: Desk; state: State; onHelp(): void }) {
  const { person } = state.me!;
  const views: View[] = person.role === "lead" ? ["desk", "overview"] : [];
  return (
    <header class="bar">
      <h1>{t("name")}<span>{t("title")}</span></h1>
      {views.length > 0 && (
        <nav aria-label={t("bar.views")}>
          {views.map((view) => (
            <button type="button" key={view} aria-current={state.view === view ? "page" : undefined}
              onClick={() => desk.turnTo(view)}>{t(`bar.${view}`)}</button>
          ))}
        </nav>
      )}
      <p class="hours">{hours(state)}</p>
      {person.role !== "admin" && <Bells desk={desk} />}
      <button type="button" class="quiet" onClick={onHelp}>{t("bar.help")}</button>
      <Account desk={desk} state={state} />
    </header>
  );
}

function hours({ me, queue }: State): string {
  if (queue?.office_open ?? me?.desk.office_open) return t("bar.open");
  const next = me?.desk.next_opening;
  return next ? t("bar.shutUntil", { when: stamp(next) }) : t("bar.shut");
}

function Bells({ desk }: { desk: Desk }) {
  const [, draw] = useState(0);
  const { alerts } = desk;
  const sound = () => {
    alerts.setSound(!alerts.sound);
    draw((n) => n + 1);
  };
  return (
    <>
      {alerts.askable && (
        <button type="button" class="ask" onClick={() => void alerts.ask().then(() => draw((n) => n + 1))}>
          <Icon name="bell" />{t("bar.notify")}
        </button>
      )}
      <button type="button" class="quiet" aria-pressed={alerts.sound} onClick={sound}
        aria-label={t(alerts.sound ? "bar.sound.on" : "bar.sound.off")} title={t(alerts.sound ? "bar.sound.on" : "bar.sound.off")}>
        <Icon name={alerts.sound ? "sound" : "mute"} />
      </button>
    </>
  );
}

function Account({ desk, state }: { desk: Desk; state: State }) {
  const [open, setOpen] = useState<"password" | "logout" | null>(null);
  const { person } = state.me!;
  const held = state.queue?.mine.length ?? 0;
  const online = state.connected || person.role === "admin";
  return (
    <>
      <details class="account">
        <summary>
          <span class="unseen">{t("bar.me")}</span>
          <span class={`dot${online ? " online" : ""}`} />
          {person.title || person.name}<small>{t(online ? "bar.online" : "bar.offline")}</small>
        </summary>
        <div class="menu">
          <p class="soft">{person.name} · {t(`role.${person.role}`)}</p>
          <button type="button" onClick={() => setOpen("password")}>{t("bar.password")}</button>
          <button type="button" onClick={() => (held ? setOpen("logout") : void desk.logout())}>{t("bar.logout")}</button>
        </div>
      </details>
      {open === "password" && (
        <Dialog title={t("password.title")} close={() => setOpen(null)}>
          <Password desk={desk} cancel={() => setOpen(null)} />
        </Dialog>
      )}
      {open === "logout" && (
        <Dialog title={t("bar.logout")} close={() => setOpen(null)}>
          <p>{t("bar.logout.sure", { n: held })}</p>
          <div class="buttons">
            <button type="button" class="secondary" onClick={() => setOpen(null)}>{t("cancel")}</button>
            <button type="button" class="danger" onClick={() => void desk.logout()}>{t("bar.logout")}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}
