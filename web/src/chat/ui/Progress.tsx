import { currentStep, STEPS } from "../core/messages";
import type { Message, Step } from "../core/types";
import { t } from "../i18n";
import { Icon } from "./icons";

/** Where the journey stands. A step behind us can be opened, and changed. */
export function Progress({ messages, onStep }: { messages: Message[]; onStep(step: Step): void }) {
  const step = currentStep(messages);
  if (step === null) return null;
  const at = step === "done" ? STEPS.length : STEPS.indexOf(step);
  return (
    <nav class="progress" aria-label={t("journey")}>
      <ol>
        {STEPS.map((one, i) => (
          <li key={one} class={i < at ? "passed" : i === at ? "now" : "ahead"}>
            <button type="button" disabled={i > at} aria-current={i === at ? "step" : undefined} onClick={() => onStep(one)}>
              <span class="dot">{i < at ? <Icon name="check" /> : i + 1}</span>
              <span class="label">{t(`step.${one}` as "step.advice")}</span>
              <span class="unseen">{t(i < at ? "step.passed" : i === at ? "step.now" : "step.ahead")}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
