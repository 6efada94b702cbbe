import type { State } from "../core/board";
import { t } from "../i18n";
import { SIZES, type Settings } from "../settings";
import { Face, Icon } from "./icons";

interface Props {
  state: State;
  settings: Settings;
  choose(change: Parameters<Settings["choose"]>[0]): void;
  onMenu(): void;
}

export const SIZE_SIGNS = ["A", "A+", "A++"] as const;

export function Header({ state, settings, choose, onMenu }: Props) {
  const next = SIZES[(settings.size + 1) % SIZES.length]!;
  const name = t(`menu.size.${settings.size}`);
  return (
    <header>
      <Face who="bot" />
      <div class="name">
        <h1>{t("title")} <span class="badge">{t("aiBadge")}</span></h1>
        <p role="status">{t(`owner.${state.owner}`)}</p>
      </div>
      <button type="button" class="plain size" aria-label={`${t("menu.size")}：${name} ${SIZE_SIGNS[settings.size]}`}
        onClick={() => choose({ size: next })}>{SIZE_SIGNS[settings.size]}</button>
      <button type="button" class="plain" aria-label={t("menu")} aria-haspopup="dialog" onClick={onMenu}>
        <Icon name="menu" />
      </button>
    </header>
  );
}
