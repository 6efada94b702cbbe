// The page. Everything from the server is put in as text, never as markup.

import { Door, Refused, config } from "./door.js";

const $ = (id) => document.getElementById(id);
const copy = (id) => $(id).content.firstElementChild.cloneNode(true);
const words = new Map([...$("words").content.querySelectorAll("data")].map((row) => [row.value, row.textContent]));
const shown = new Map(); // sequence number or client id -> article
const door = new Door();
let settings = { titles: {} };
let last = 0;

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One message

function bubble(from, text) {
  const article = copy("bubble");
  article.classList.add(from);
  article.querySelector(".who").textContent = words.get(`who.${from}`);
  article.querySelector(".text").textContent = text;
  return article;
}

function render(message) {
  if (message.seq > last) offerVisit(message);
  last = Math.max(last, message.seq);
  const pending = message.id && shown.get(message.id);
  if (pending) settle(pending);
  if (pending || shown.has(message.seq) || (message.from === "user" && !message.text)) return;
  const article = bubble(message.from, message.text);
  decorate(article, message);
  shown.set(message.id ?? message.seq, article);
  add(article);
}

function decorate(article, { custom, choices, image }) {
  const box = article.querySelector(".box");
  if (custom.kind === "emergency") {
    article.classList.add("emergency");
    box.append(copy(custom.topic === "self_harm" ? "crisis-call" : "emergency-call"));
    if (custom.topic === "self_harm") box.append(copy("emergency-call"));
  }
  if (isWeb(image)) box.append(Object.assign(new Image(), { src: image, alt: "" }));
  for (const row of custom.strategies ?? []) box.append(strategy(row));
  if (custom.sources?.length) box.append(sources(custom.sources));
  const buttons = article.querySelector(".choices");
  for (const choice of choices) buttons.append(button(choice));
}

function offerVisit({ from, custom }) {
  if (from !== "bot") return;
  const url = custom.visit_sheet?.url ?? "";
  $("visit").hidden = !(isWeb(url) || url.startsWith("/visit/"));
  if (!$("visit").hidden) $("visit").href = url;
}

function strategy(row) {
  const card = copy("strategy");
  for (const place of card.querySelectorAll("[data-field]")) {
    const value = row[place.dataset.field];
    place.textContent = Array.isArray(value) ? value.join("、") : value ?? "";
    if (!place.textContent) (place.closest("div") ?? place).remove();
  }
  return card;
}

function sources(rows) {
  const details = copy("sources");
  for (const { title, url } of rows) {
    const item = document.createElement("li");
    item.append(isWeb(url) ? link(title, url) : title);
    details.querySelector("ul").append(item);
  }
  return details;
}

function link(title, url) {
  return Object.assign(document.createElement("a"), { href: url, textContent: title, target: "_blank", rel: "noopener noreferrer" });
}

function isWeb(url) {
  return /^https?:\/\//i.test(url ?? "");
}

function button({ id, title }) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: title });
  made.addEventListener("click", () => send({ choice: id }, title));
  return made;
}

function add(article) {
  $("log").append(article);
  article.scrollIntoView({ block: "end" });
}

// Sending. A message that got no answer is sent again with its id: the server answers the same.

function send(content, title) {
  const body = { id: newId(), ...content };
  const article = bubble("user", title);
  article.classList.add("pending");
  shown.set(body.id, article);
  add(article);
  deliver(body, article);
}

async function deliver(body, article) {
  article.querySelector(".failed")?.remove();
  const typing = copy("typing");
  add(typing);
  try {
    const answer = await door.say(body);
    settle(article);
    typing.remove();
    tellOwner(answer.owner);
    answer.replies.forEach(render);
    article.scrollIntoView({ block: "start" }); // a long answer is read from its beginning
  } catch (error) {
    fail(body, article, error);
  } finally {
    typing.remove();
  }
}

function settle(article) {
  article.classList.remove("pending");
  article.querySelector(".failed")?.remove();
}

function fail(body, article, error) {
  const failed = copy("failed");
  if (error instanceof Refused && error.message) failed.querySelector("span").textContent = error.message;
  failed.querySelector("button").addEventListener("click", () => deliver(body, article));
  article.append(failed);
  article.scrollIntoView({ block: "end" });
}

function tellOwner(owner) {
  $("owner").textContent = words.get(`owner.${owner}`);
}

// Beginning, restoring, erasing

async function begin() {
  $("ai-label").textContent = settings.ai_label;
  $("consent-text").textContent = settings.consent_text;
  const opened = await door.open((await answerOf($("consent"))) === "yes");
  tellOwner(opened.owner);
  opened.replies.forEach(render);
  follow();
}

async function restore() {
  const { messages, owner } = await door.history(0);
  tellOwner(owner);
  messages.forEach(render);
  follow();
}

function follow() {
  door.follow(() => last, (event, data) => {
    if (event === "message") render(data);
    if (event === "owner") tellOwner(data.owner);
  });
}

function answerOf(dialog) {
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

async function erase() {
  if (!door.known || (await answerOf($("erase-sure"))) !== "yes") return;
  try {
    await door.erase();
  } catch (error) {
    if (error.status !== 404) return say(error.message || words.get("offline"));
    door.leave();
  }
  clear();
  say(words.get("erased"));
  await start();
}

function clear() {
  shown.clear();
  last = 0;
  $("log").replaceChildren();
  $("visit").hidden = true;
}

function say(text) {
  add(bubble("system", text));
}

async function start() {
  try {
    settings = await config();
    if (settings.phone) {
      $("call").href = `tel:${settings.phone.replace(/[^\d+]/g, "")}`;
      $("call").hidden = false;
      $("ask-phone").hidden = true;
    }
    await (door.known ? restore() : begin());
  } catch (error) {
    if ([401, 403, 404].includes(error.status)) {
      door.leave();
      return start();
    }
    say(error.message && error instanceof Refused ? error.message : words.get("offline"));
    setTimeout(() => { clear(); start(); }, 5000);
  }
}

// The controls

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text || !door.known) return;
  $("text").value = "";
  send({ text }, text);
});

$("text").addEventListener("keydown", (event) => {
  // 229 and isComposing: Enter that chooses a Chinese word is not meant to send.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  $("form").requestSubmit();
});

for (const control of document.querySelectorAll("[data-say]")) {
  control.addEventListener("click", () => {
    const title = settings.titles[control.dataset.say];
    if (door.known && title) send({ text: title }, title);
  });
}

const SIZES = ["", "large", "huge"];
const root = document.documentElement;
root.dataset.size = localStorage.getItem("houlu.size") ?? "";
$("size").addEventListener("click", () => {
  root.dataset.size = SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length];
  localStorage.setItem("houlu.size", root.dataset.size);
});
$("erase").addEventListener("click", erase);

start();
