import { useEffect, useState } from "preact/hooks";
import * as admin from "../core/api-lead";
import { detailOf, whatOf, whoOf } from "../core/audit";
import type { Desk } from "../core/desk";
import type { AuditPage, Entry } from "../core/types-lead";
import { t } from "../words";

/** Who did what, when; and whether the log is whole. */
export function Audit({ desk }: { desk: Desk }) {
  const [page, setPage] = useState<AuditPage | null>(null);
  const [entries, setEntries] = useState<Entry[]>([]);
  const read = async (before: number | null) => {
    const told = await desk.tried(admin.audit(before));
    if (!told) return;
    setPage(told);
    setEntries(before === null ? told.entries : [...entries, ...told.entries]);
  };
  useEffect(() => void read(null), []);
  const reasons = desk.state.me?.desk.close_reasons ?? [];
  const last = entries[entries.length - 1]?.number ?? 1;
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">{t("audit.title")}</h2>
      <p class={page && !page.verified ? "warn" : "soft"} role="status">
        {page && (page.verified ? t("audit.good") : t("audit.bad", { n: page.broken_at ?? "?" }))}
      </p>
      <button type="button" class="secondary" onClick={() => void read(null)}>{t("refresh")}</button>
      <div class="table" tabIndex={0} role="group" aria-labelledby="audit">
        <table>
          <thead><tr>
            <th>#</th><th>{t("audit.when")}</th><th>{t("audit.who")}</th><th>{t("audit.what")}</th><th>{t("audit.ticket")}</th>
            <th>{t("audit.detail")}</th>
          </tr></thead>
          <tbody>
            {entries.map((one) => (
              <tr key={one.number}>
                <th scope="row">{one.number}</th><td>{new Date(one.at).toLocaleString("zh-CN")}</td><td>{whoOf(one)}</td>
                <td>{whatOf(one)}</td><td>{one.ticket}</td><td>{detailOf(one, reasons)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {last > 1 && <button type="button" class="secondary" onClick={() => void read(last)}>{t("audit.more")}</button>}
    </section>
  );
}
