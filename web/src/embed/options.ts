/** What the host page writes on the script tag. Anything unusable falls back to the default. */

export interface Options {
  /** Where the chat is: the origin that the script came from. */
  origin: string;
  position: "left" | "right";
  colour: string;
  greeting: string;
  phone: string;
}

const COLOUR = /^(#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([\d\s.,%/]+\))$/i;

export function optionsOf(src: string, data: DOMStringMap): Options {
  return {
    origin: new URL(src).origin,
    position: data.position === "left" ? "left" : "right",
    colour: COLOUR.test(data.color ?? "") ? data.color! : "#0b5c55",
    greeting: (data.greeting ?? "").trim().slice(0, 100),
    phone: (data.phone ?? "").replace(/[^\d+-]/g, "").slice(0, 20),
  };
}
