import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../core/chat";
import { latestTurn, visitSheet } from "../core/messages";
import type { Store } from "../core/storage";
import type { Step } from "../core/types";
import { tellNews } from "../frame";
import { t } from "../i18n";
import type { Settings } from "../settings";
import { Actions, type Action } from "./Actions";
import { Banner } from "./Banner";
import { Composer } from "./Composer";
import { Ask } from "./Ask";
import { CallBack } from "./CallBack";
import { Header } from "./Header";
import { useChat } from "./hooks";
import { Log } from "./Log";
import { Menu } from "./Menu";
import { Picture } from "./Picture";
import { Progress } from "./Progress";
import { StepSheet } from "./StepSheet";
import { Welcome } from "./Welcome";

export type SheetName =
  | { name: "menu" | "restart" | "expert" | "callback" | "withdraw" | "erase" }
  | { name: "step"; step: Step }
  | { name: "picture"; url: string; alt: string };

export function App({ chat, settings, store }: { chat: Chat; settings: Settings; store: Store }) {
  const state = useChat(chat);
  const [sheet, open] = useState<SheetName | null>(null);
  const [, draw] = useState(0);
  const close = () => open(null);
  const titles = state.config?.titles;
  const newest = state.messages[state.messages.length - 1];

  useEffect(() => {
    if (newest && newest.from !== "user") tellNews();
  }, [newest?.seq]);

  const act = (action: Action) => {
    if (action === "phone" && titles) chat.say(titles.phone);
    else if (action === "restart" || action === "expert") open({ name: action });
  };
  const choose = (settingsChange: Parameters<Settings["choose"]>[0]) =>
    void settings.choose(settingsChange).then(() => draw((n) => n + 1));

  return (
    <div class="app">
      <div class="front" inert={sheet !== null}>
        <Header state={state} onMenu={() => open({ name: "menu" })} settings={settings} choose={choose} />
        {state.phase === "chat" && (
          <Progress messages={state.messages} onStep={(step) => open({ name: "step", step })} />
        )}
        <Banner chat={chat} state={state} onCallBack={() => open({ name: "callback" })} />
        {state.phase === "loading" && <p class="opening" role="status">{t("loading")}</p>}
        {state.phase === "welcome" && <Welcome state={state} chat={chat} />}
        {state.phase === "chat" && (
          <main class="talk">
            <Log chat={chat} state={state} store={store}
              onPicture={(url, alt) => open({ name: "picture", url, alt })} />
            <Actions phone={state.config?.phone ?? null} visit={visitSheet(state.messages, settings.size)} act={act} />
            <Composer chat={chat} store={store} />
          </main>
        )}
      </div>
      {sheet?.name === "menu" && (
        <Menu settings={settings} choose={choose} label={state.config?.ai_label ?? ""} chatting={state.phase === "chat"}
          onWithdraw={() => open({ name: "withdraw" })} onErase={() => open({ name: "erase" })} close={close} />
      )}
      {sheet?.name === "restart" && (
        <Ask word="action.restart" close={close} yes={() => titles && chat.say(titles.restart)} />
      )}
      {sheet?.name === "expert" && (
        <Ask word="action.expert" close={close} yes={() => titles && chat.say(titles.ask_expert)}
          {...(state.config?.office_open === false && {
            more: t("action.expert.closed"), other: { title: t("callback.open"), go: () => open({ name: "callback" }) },
          })} />
      )}
      {sheet?.name === "callback" && <CallBack chat={chat} noted={state.callback} close={close} />}
      {sheet?.name === "withdraw" && (
        <Ask word="menu.withdraw" close={close} danger yes={() => void chat.withdraw()} />
      )}
      {sheet?.name === "erase" && (
        <Ask word="menu.erase" close={close} danger yes={() => void chat.erase().then(() => store.remove("houlu.draft"))} />
      )}
      {sheet?.name === "step" && titles && (
        <StepSheet step={sheet.step} messages={state.messages} titles={titles} chat={chat} close={close}
          canGoBack={latestTurn(state.messages).some((one) => one.choices.some((c) => c.title === titles.back))} />
      )}
      {sheet?.name === "picture" && <Picture url={sheet.url} alt={sheet.alt} close={close} />}
    </div>
  );
}
