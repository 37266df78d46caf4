"use strict";
// The page works without this: details open as link targets. Here: the filter, keys, and both kept in the address.
const input = document.getElementById("filter");
const count = document.getElementById("count");
const jobs = [...document.querySelectorAll(".job")];
const total = count.textContent;

function state() {
  const parts = new URLSearchParams(location.hash.slice(1).replace(/^(job-[\d.]+)/, "job=$1"));
  return { job: parts.get("job") || "", filter: parts.get("q") || "" };
}

function address(job, filter) {
  const parts = [job, filter && "q=" + encodeURIComponent(filter)].filter(Boolean);
  history.replaceState(null, "", "#" + parts.join("&"));
  show();
}

function show() {
  const { job, filter } = state();
  if (document.activeElement !== input) input.value = filter;
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const one of jobs) {
    one.hidden = !words.every((word) => one.dataset.text.includes(word));
    left += one.hidden ? 0 : 1;
    one.classList.toggle("open", "job-" + one.dataset.number === job);
  }
  for (const stage of document.querySelectorAll(".stage")) stage.hidden = !stage.querySelector(".job:not([hidden])");
  count.textContent = words.length ? `${left} of ${jobs.length} jobs` : total;
  let open = false;
  for (const detail of document.querySelectorAll(".detail")) {
    detail.classList.toggle("open", detail.id === job);
    open = open || detail.id === job;
  }
  document.body.classList.toggle("paneled", open);
  document.querySelector(".job.open:not([hidden])")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function move(step) {
  const links = jobs.filter((one) => !one.hidden).map((one) => one.querySelector("a"));
  const at = links.indexOf(document.activeElement.closest(".job")?.querySelector("a"));
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)];
  if (next) next.focus();
}

input.addEventListener("input", () => address(state().job, input.value));
window.addEventListener("hashchange", show);
for (const one of jobs) {
  one.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    const id = "job-" + one.dataset.number;
    address(state().job === id ? "" : id, state().filter);
  });
}

function close() {
  const job = document.querySelector(".job.open a");
  address("", state().filter);
  if (job) job.focus();
}

document.getElementById("close").addEventListener("click", (event) => {
  event.preventDefault();
  close();
});
// What is folded up would be missing on paper.
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
document.addEventListener("keydown", (event) => {
  const typing = document.activeElement === input;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); }
  if (event.key === "Escape" && state().job) close();
  const inside = !typing && !document.activeElement.closest("aside");
  if (inside && ["ArrowDown", "ArrowRight"].includes(event.key)) { event.preventDefault(); move(1); }
  if (inside && ["ArrowUp", "ArrowLeft"].includes(event.key)) { event.preventDefault(); move(-1); }
  if (typing && event.key === "ArrowDown") { event.preventDefault(); move(0); }
});
show();
