/** What may be put into a page out of data. */

/** An address of the web; `javascript:` and the like are none. */
export function isWeb(url: string | null | undefined): url is string {
  return /^https?:\/\//i.test(url ?? "");
}

/** A picture of ours or from the web. */
export function isPicture(url: string | null | undefined): url is string {
  return isWeb(url) || /^\/(?!\/)/.test(url ?? "");
}
