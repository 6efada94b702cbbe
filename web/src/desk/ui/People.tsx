import { useEffect, useState } from "preact/hooks";
import { stamp } from "../../shared/time";
import * as admin from "../core/api-lead";
import type { Desk } from "../core/desk";
import type { Role } from "../core/types";
import type { Account, Code } from "../core/types-lead";
import { t } from "../words";
import { Audit } from "./Audit";
import { Dialog } from "./Dialog";

const ROLES: Role[] = ["expert", "lead", "admin"];

interface Secret {
  title: string;
  line: string;
  qr?: Code["qr"];
}

/** For admins: who may work here, and what was done. */
export function People({ desk }: { desk: Desk }) {
  const [people, setPeople] = useState<Account[]>([]);
  const [secret, setSecret] = useState<Secret | null>(null);
  const read = async () => setPeople((await desk.tried(admin.people()))?.people ?? people);
  useEffect(() => void read(), []);

  const act = async <T,>(call: Promise<T>, show?: (told: T) => Secret) => {
    const told = await desk.tried(call.then((value) => ({ value })));
    if (told && show) setSecret(show(told.value));
    await read();
    return told !== null;
  };
  return (
    <main class="overview">
      <section aria-labelledby="people">
        <h2 id="people">{t("people.title")}</h2>
        <NewPerson add={(name, title, role) => act(admin.add(name, title, role), (told) => password(name, told.password))} />
        <div class="table" tabIndex={0} role="group" aria-labelledby="people">
          <table>
            <thead><tr>
              <th>{t("people.name")}</th><th>{t("people.shown")}</th><th>{t("people.role")}</th><th>{t("people.state")}</th>
              <th>{t("people.seen")}</th><th>{t("people.actions")}</th>
            </tr></thead>
            <tbody>{people.map((one) => <Line key={one.name} one={one} own={one.name === desk.state.me?.person.name} act={act} />)}</tbody>
          </table>
        </div>
      </section>
      <Audit desk={desk} />
      {secret && (
        <Dialog title={secret.title} close={() => setSecret(null)}>
          {secret.qr && <Scan qr={secret.qr} />}
          <p class="secret">{secret.line}</p>
        </Dialog>
      )}
    </main>
  );
}

const password = (name: string, made: string): Secret => ({ title: t("people.password", { name }), line: made });

/** Black on white in dark mode, too: readers want it so. */
function Scan({ qr }: { qr: Code["qr"] }) {
  return (
    <>
      <p>{t("people.scan")}</p>
      <svg class="qr" role="img" aria-label={t("people.qr")} viewBox={`0 0 ${qr.size} ${qr.size}`} shape-rendering="crispEdges">
        <path fill="#fff" d={`M0 0h${qr.size}v${qr.size}H0z`} />
        <path fill="#000" d={qr.path} />
      </svg>
      <p class="soft">{t("people.typed")}</p>
    </>
  );
}

interface LineProps {
  one: Account;
  own: boolean;
  act<T>(call: Promise<T>, show?: (told: T) => Secret): Promise<boolean>;
}

function Line({ one, own, act }: LineProps) {
  const state = [
    one.disabled && t("people.disabled"), one.must_change && t("people.first"), one.totp && t("people.totp"),
    one.online && t("bar.online"),
  ].filter(Boolean).join("、");
  const { name } = one;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{one.title}</td>
      <td>
        <select aria-label={`${t("people.role")} ${name}`} value={one.role} disabled={own}
          onChange={(event) => void act(admin.change(name, { role: event.currentTarget.value as Role }))}>
          {ROLES.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}
        </select>
      </td>
      <td>{state}</td>
      <td>{one.seen_at ? stamp(one.seen_at) : t("people.never")}</td>
      <td class="moves">
        <button type="button" onClick={() => void act(admin.newPassword(name), (told) => password(name, told.password))}>
          {t("people.reset")}
        </button>
        {one.totp
          ? <button type="button" onClick={() => void act(admin.noCode(name))}>{t("people.noCode")}</button>
          : <button type="button" onClick={() => void act(admin.newCode(name), (told) =>
              ({ title: t("people.secret", { name }), line: told.secret, qr: told.qr }))}>{t("people.code")}</button>}
        {!own && (
          <button type="button" onClick={() => void act(admin.change(name, { disabled: !one.disabled }))}>
            {t(one.disabled ? "people.enable" : "people.disable")}
          </button>
        )}
      </td>
    </tr>
  );
}

function NewPerson({ add }: { add(name: string, title: string, role: string): Promise<boolean> }) {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const field = (name: string) => String(new FormData(form).get(name) ?? "");
    if (await add(field("name"), field("title"), field("role"))) form.reset();
  };
  return (
    <form class="inline" onSubmit={(event) => void submit(event)}>
      <label><span>{t("people.name")}</span>
        <input name="name" required pattern="[a-z0-9._\-]{2,32}" title={t("people.nameRule")} autocapitalize="none" autocomplete="off" />
      </label>
      <label><span>{t("people.shown")}</span><input name="title" required maxLength={32} autocomplete="off" /></label>
      <label><span>{t("people.role")}</span>
        <select name="role">{ROLES.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}</select>
      </label>
      <button type="submit" class="primary">{t("people.add")}</button>
    </form>
  );
}
