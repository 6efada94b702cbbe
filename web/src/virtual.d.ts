/** Made by traditional.plugin.ts. */
declare module "virtual:words-hant" {
  const words: Readonly<Record<import("./chat/words").Word, string>>;
  export default words;
}
