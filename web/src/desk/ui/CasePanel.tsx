import { useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import type { Conversation, State } from "../core/state";
import type { Case } from "../core/types";
import { t } from "../words";
import { Answers } from "./Answers";
import { CallbackCard } from "./CallbackCard";
import { Notes } from "./Notes";
import { Rows } from "./Rows";
import { SummaryCard } from "./SummaryCard";

interface Props {
  desk: Desk;
  state: State;
  ticket: string;
  conversation: Conversation;
  found: Case;
}

const TABS = ["rows", "answers", "notes"] as const;
type Tab = (typeof TABS)[number];

/** Beside the talk: the case in plain words, and what to answer with. */
export function CasePanel({ desk, state, ticket, conversation, found }: Props) {
  const [tab, setTab] = useState<Tab>("rows");
  const live = found.ticket.state === "claimed" && found.ticket.claimed_by === state.me?.person.name;
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.stopPropagation();
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]!;
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside class="case" aria-label={`${t("case.title")} ${ticket}`}>
      <div class="case-top" tabIndex={0} role="region" aria-label={t("case.title")}>
        {found.callback && <CallbackCard desk={desk} ticket={ticket} callback={found.callback} live={live} />}
        <SummaryCard ticket={ticket} found={found} />
      </div>
      <div class="tabs" role="tablist" aria-label={t("tabs.label")} onKeyDown={step}>
        {TABS.map((one) => (
          <button type="button" role="tab" key={one} id={`tab-${one}`} aria-selected={tab === one} aria-controls="material"
            tabIndex={tab === one ? 0 : -1} onClick={() => setTab(one)}>
            {t(`tab.${one}`)}
            {one === "notes" && found.notes.length > 0 && <b>{found.notes.length}</b>}
            {one === "rows" && conversation.suggestions && <b>{conversation.suggestions.strategies.length}</b>}
          </button>
        ))}
      </div>
      <div class="material" role="tabpanel" id="material" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "rows" && <Rows desk={desk} ticket={ticket} suggestions={conversation.suggestions} live={live} />}
        {tab === "answers" && <Answers desk={desk} ticket={ticket} live={live} text={conversation.text} />}
        {tab === "notes" && <Notes desk={desk} ticket={ticket} notes={found.notes} live={live} />}
      </div>
    </aside>
  );
}
