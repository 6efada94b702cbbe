/** The calls of leads and admins. */

import { call } from "./api";
import type { Account, AuditPage, Code, OverviewData } from "./types-lead";

export const overview = (): Promise<OverviewData> => call("GET", "overview");

export const people = (): Promise<{ people: Account[] }> => call("GET", "people");
export const add = (name: string, title: string, role: string): Promise<{ person: Account; password: string }> =>
  call("POST", "people", { body: { name, title, role } });
export const change = (name: string, body: Partial<Pick<Account, "title" | "role" | "disabled">>): Promise<unknown> =>
  call("PATCH", of(name), { body });
export const newPassword = (name: string): Promise<{ password: string }> => call("POST", `${of(name)}/password`);
export const newCode = (name: string): Promise<Code> => call("POST", `${of(name)}/totp`);
export const noCode = (name: string): Promise<void> => call("DELETE", `${of(name)}/totp`);
export const audit = (before: number | null): Promise<AuditPage> =>
  call("GET", `audit?limit=100${before === null ? "" : `&before=${before}`}`);

const of = (name: string): string => `people/${encodeURIComponent(name)}`;
