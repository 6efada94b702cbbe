import { useEffect, useState } from "preact/hooks";
import { inOrder } from "../core/messages";
import type { Desk } from "../core/desk";
import type { State } from "../core/state";
import { HELP } from "../keys";
import { t } from "../words";
import { Banners } from "./Banners";
import { Bar } from "./Bar";
import { Help } from "./Help";
import { useDesk, useWindow } from "./hooks";
import { Login, Password } from "./Login";
import { Overview } from "./Overview";
import { People } from "./People";
import { Workplace } from "./Workplace";

export function App({ desk }: { desk: Desk }) {
  const state = useDesk(desk);
  useTitle(desk, state);
  return (
    <>
      {state.phase === "loading" && <p class="opening" role="status">{t("loading")}</p>}
      {state.phase === "login" && <Login desk={desk} expired={state.expired} />}
      {state.phase === "password" && <main class="door"><Password desk={desk} /></main>}
      {state.phase === "desk" && <Inside desk={desk} state={state} />}
      <p class={`notice${state.notice?.bad ? " bad" : ""}`} role="status">
        {state.notice && <span key={state.notice.n}>{state.notice.text}</span>}
      </p>
    </>
  );
}

function Inside({ desk, state }: { desk: Desk; state: State }) {
  const [help, setHelp] = useState(false);
  useWindow(HELP, () => setHelp(true));
  return (
    <div class="desk">
      <Bar desk={desk} state={state} onHelp={() => setHelp(true)} />
      <Banners desk={desk} state={state} />
      {state.view === "desk" && <Workplace desk={desk} state={state} />}
      {state.view === "overview" && <Overview desk={desk} state={state} />}
      {state.view === "people" && <People desk={desk} />}
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

/** What waits for me can be read on the tab of the browser. */
function useTitle(desk: Desk, state: State): void {
  const unread = inOrder(state.queue?.mine ?? []).filter((one) => desk.seen.of(one.ticket) < one.last_seq
    && one.last_from === "user").length;
  const title = state.phase !== "desk" ? "" : state.alarms.length ? `【${t("urgent")}】` : unread ? `(${unread}) ` : "";
  useEffect(() => {
    document.title = `${title}${t("name")} · ${t("title")}`;
  }, [title]);
}
