import { fitting } from "../core/columns";
import type { Desk } from "../core/desk";
import type { State } from "../core/state";
import { t } from "../words";
import { CasePanel } from "./CasePanel";
import { useWidth } from "./hooks";
import { Rail } from "./Rail";
import { Talk } from "./Talk";

/** Lists, the conversations side by side, and the case of the one that has the focus. */
export function Workplace({ desk, state }: { desk: Desk; state: State }) {
  const columns = fitting(state, useWidth());
  const focused = state.focus ? state.conversations[state.focus] : undefined;
  return (
    <div class="workplace">
      <Rail desk={desk} state={state} />
      <main class="columns">
        {columns.length === 0 && (
          <div class="nothing"><h2>{t("talk.none.title")}</h2><p class="soft">{t("talk.none.text")}</p></div>
        )}
        {columns.map((ticket) => (
          <Talk key={ticket} desk={desk} state={state} ticket={ticket} focused={ticket === state.focus} />
        ))}
      </main>
      {state.focus && focused?.case && !focused.gone && (
        <CasePanel key={state.focus} desk={desk} state={state} ticket={state.focus} conversation={focused} found={focused.case} />
      )}
    </div>
  );
}
