import type { Chat } from "../core/chat";
import { answersOf, messagesOfStep } from "../core/messages";
import type { Config, Message, Step } from "../core/types";
import { t } from "../i18n";
import { Sheet } from "./Sheet";

interface Props {
  step: Step;
  messages: Message[];
  titles: Config["titles"];
  chat: Chat;
  canGoBack: boolean;
  close(): void;
}

/** What was asked at a step: another answer corrects it, because an old quick reply does. What has no answers to tap is
 * corrected in the person's own words. */
export function StepSheet({ step, messages, titles, chat, canGoBack, close }: Props) {
  const found = messagesOfStep(messages, step);
  const steering = [titles.back, titles.unknown, titles.skip];
  const questions = found.filter((one) => one.custom.kind === "question" && answersOf(one, steering).length > 0);
  const last = found[found.length - 1];
  const look = () => {
    close();
    setTimeout(() => document.getElementById(`m${last?.seq}`)?.scrollIntoView({ block: "start" }), 50);
  };
  return (
    <Sheet title={t(`step.${step}` as "step.advice")} close={close}>
      {questions.length > 0 && <p class="soft">{t("step.change")}</p>}
      {questions.map((one) => (
        <section key={one.seq} class="asked">
          <p>{one.text.split("\n").pop()}</p>
          <div class="choices">
            {answersOf(one, [titles.back]).map((choice) => (
              <button key={choice.id} type="button" class="choice" onClick={() => (close(), chat.choose(choice.id, choice.title))}>
                {choice.title}
              </button>
            ))}
          </div>
        </section>
      ))}
      {questions.length === 0 && found.every((one) => one.custom.kind === "question") && <p>{t("step.write")}</p>}
      <div class="sheet-buttons">
        {canGoBack && (
          <button type="button" class="secondary" onClick={() => (close(), chat.say(titles.back))}>{t("step.back")}</button>
        )}
        {last && <button type="button" class="secondary" onClick={look}>{t("step.look")}</button>}
      </div>
    </Sheet>
  );
}
