// Keeps the page true: what the server tells goes into it, and buttons ask without leaving it.
// It has no state of its own but the moment at which a countdown is over.
"use strict";

const by = (id) => document.getElementById(id);
// Said to a screen reader. Not every move: the coach says those, and its microphone would hear both.
const WORTH_SAYING = ["idle", "paused", "cannot_hear", "ended", "away", "waiting", "asleep", "muted"];
let over = null;
let spoken = "";
let offered = !by("starts").hidden;

function write(id, text) {
  const place = by(id);
  if (place.textContent !== text) place.textContent = text;
  place.hidden = text === "";
}

function tick() {
  const left = over === null ? 0 : Math.max(0, (over - performance.now()) / 1000);
  const text = String(Math.ceil(left - 0.032));
  if (by("seconds").textContent !== text) by("seconds").textContent = text;
}

function draw(exercise) {
  const picture = by("drawing");
  if (picture.dataset.exercise === exercise) return;
  picture.dataset.exercise = exercise;
  if (exercise) picture.src = "/drawing/" + exercise + ".svg";
  picture.hidden = !exercise;
}

function offer(now) {
  for (const button of by("answers").elements) button.hidden = !now.answers[button.dataset.intent];
  for (const button of by("buttons").elements) {
    button.setAttribute("aria-disabled", String(!now.buttons[button.dataset.intent]));
  }
}

function row(tally) {
  const line = document.createElement("tr");
  const name = document.createElement("th");
  const done = document.createElement("td");
  name.scope = "row";
  name.textContent = tally.side ? tally.name + " · " + tally.side : tally.name;
  done.textContent = tally.done + " / " + tally.asked;
  line.append(name, done);
  return line;
}

function say(now) {
  const worth = now.ask || WORTH_SAYING.includes(now.state);
  const text = worth ? now.title + ". " + now.ask : now.exercise;
  if (text && text !== spoken) by("said").textContent = spoken = text;
}

// A session that is over is in the record; a page on the wall would tell of yesterday for good.
async function renew(now) {
  const over = now.starts && !offered;
  offered = now.starts;
  if (!over) return;
  const answer = await fetch("/").catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  by("history").replaceWith(page.getElementById("history"));
}

function show(now) {
  document.body.dataset.state = now.state;
  document.title = now.title + " · voicecoach";
  for (const id of ["title", "exercise", "ask", "place"]) write(id, now[id]);
  by("hearing").textContent = now.hearing;
  by("hearing").dataset.voice = now.voice;
  over = now.seconds === null ? null : performance.now() + now.seconds * 1000;
  by("countdown").hidden = over === null;
  tick();
  draw(now.drawing);
  offer(now);
  by("starts").hidden = !now.starts;
  by("scores").hidden = !now.scores;
  by("ledger").hidden = now.tallies.length === 0;
  by("tallies").replaceChildren(...now.tallies.map(row));
  say(now);
  renew(now);
}

async function ask(event) {
  event.preventDefault();
  const button = event.submitter;
  const address = button.getAttribute("formaction") || event.target.getAttribute("action");
  const fields = new URLSearchParams();
  if (button.name) fields.set(button.name, button.value);
  try {
    const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    by("answer").textContent = answer.ok ? "" : (await answer.json()).text;
  } catch {
    by("answer").textContent = by("lost").dataset.text;
  }
}

if ("submitter" in Event.prototype || "SubmitEvent" in window) {
  for (const form of document.forms) form.addEventListener("submit", ask);
}
by("drawing").addEventListener("error", () => { by("drawing").hidden = true; });
by("drawing").dataset.exercise = (by("drawing").getAttribute("src") || "").replace(/^\/drawing\/|\.svg$/g, "");

const events = new EventSource("/events");
events.onmessage = (event) => { by("lost").textContent = ""; show(JSON.parse(event.data)); };
events.onerror = () => { by("lost").textContent = by("lost").dataset.text; over = null; };
setInterval(tick, 100);
