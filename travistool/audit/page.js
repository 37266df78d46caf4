"use strict";
// All rows are data; so many are shown at once. What is chosen is kept in the address.
const PAGE = 100;
const data = JSON.parse(document.getElementById("data").textContent);
const one = (id) => document.getElementById(id);
const [filter, to, state, count, rows, more] = ["filter", "to", "state", "count", "rows", "more"].map(one);
const targets = data.targets;
let shown = PAGE;

const sum = (tasks) => tasks.reduce((total, [, number]) => total + number, 0);
const COLUMNS = [
  ["path", "repository", (row) => row.path, false],
  ["uses", "uses", (row) => row.uses, false],
  ["jobs", "jobs", (row) => row.jobs, true],
  ["findings", "findings", (row) => row.findings.reduce((total, number, at) => total + number * [1e6, 1e3, 1][at], 0), true],
  ["outcome", "outcome", (row, at) => row.targets[at].state, false],
  ["tasks", "tasks", (row, at) => sum(row.targets[at].tasks), true],
  ["rows", "rows change", (row, at) => row.targets[at].rows, true],
].filter(([name]) => targets.length || !["outcome", "tasks", "rows"].includes(name));

const all = data.rows.map(([path, uses, jobs, findings, problem, made]) => ({
  path, uses, jobs, findings, problem,
  targets: made.map(([state, why, rows, tasks, equal]) => ({ state, why, rows, tasks, equal })),
}));
for (const row of all) row.text = [row.path, row.uses, row.problem].join(" ").toLowerCase();

function chosen() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const sort = COLUMNS.find(([name]) => name === parts.get("sort")) ? parts.get("sort") : "path";
  const at = Math.max(0, targets.findIndex(([name]) => name === parts.get("to")));
  return { q: parts.get("q") || "", at, state: parts.get("state") || "", sort, down: parts.get("dir") === "desc" };
}

function choose(change) {
  const now = { ...chosen(), ...change };
  const parts = new URLSearchParams();
  if (now.q) parts.set("q", now.q);
  if (now.at) parts.set("to", targets[now.at][0]);
  if (now.state) parts.set("state", now.state);
  if (now.sort !== "path") parts.set("sort", now.sort);
  if (now.down) parts.set("dir", "desc");
  history.replaceState(null, "", "#" + parts);
  shown = PAGE;
  show();
}

function cell(tr, text, kind) {
  const td = tr.appendChild(document.createElement("td"));
  td.textContent = text;
  if (kind) td.className = kind;
  return td;
}

function note(td, text) {
  if (!text) return;
  const div = td.appendChild(document.createElement("div"));
  div.className = "why";
  div.textContent = text;
}

function drawn(row, at) {
  const tr = document.createElement("tr");
  note(cell(tr, row.path), row.problem);
  cell(tr, row.uses);
  cell(tr, row.jobs === null ? "" : row.jobs, "number");
  const words = ["error", "warning", "note"].map((word, n) => [row.findings[n] || 0, word]).filter(([number]) => number);
  cell(tr, words.map(([number, word]) => `${number} ${word}${number === 1 ? "" : "s"}`).join(", "));
  if (targets.length) {
    const made = row.targets[at];
    const [name, title] = data.states[made.state];
    const badge = cell(tr, "").appendChild(document.createElement("span"));
    badge.className = `badge ${name}`;
    badge.textContent = title;
    if (made.equal === false) note(badge.parentNode, "other jobs run than on Travis");
    if (made.why !== row.problem) note(badge.parentNode, made.why);
    note(cell(tr, sum(made.tasks) || "", "number"), told(made.tasks));
    cell(tr, made.rows || "", "number");
  }
  return tr;
}

const told = (tasks) => tasks.map(([kind, number]) => `${data.kinds[kind]} ${number}`).join(", ");

function show() {
  const now = chosen();
  if (document.activeElement !== filter) filter.value = now.q;
  if (targets.length) [to.selectedIndex, state.value] = [now.at, now.state];
  const words = now.q.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = data.states.findIndex(([name]) => name === now.state);
  const found = all.filter((row) => {
    const made = row.targets[now.at];
    if (wanted >= 0 && made && made.state !== wanted) return false;
    return words.every((word) => row.text.includes(word) || (made && told(made.tasks).includes(word)));
  });
  const [, , value] = COLUMNS.find(([name]) => name === now.sort);
  const key = new Map(found.map((row) => [row, value(row, now.at)]));
  const side = now.down ? -1 : 1;
  found.sort((a, b) => {
    const [x, y] = [key.get(a), key.get(b)];
    return side * (typeof x === "string" ? (x < y ? -1 : x > y ? 1 : 0) : (x ?? -1) - (y ?? -1));
  });
  rows.replaceChildren(...found.slice(0, shown).map((row) => drawn(row, now.at)));
  more.hidden = found.length <= shown;
  more.textContent = `Show more of ${found.length}`;
  const files = `${all.length} repositor${all.length === 1 ? "y" : "ies"}`;
  count.textContent = found.length === all.length ? files : `${found.length} of ${files}`;
  for (const th of document.querySelectorAll("#heads th")) {
    if (th.dataset.name === now.sort) th.setAttribute("aria-sort", now.down ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  }
}

for (const [name, title, , isNumber] of COLUMNS) {
  const th = one("heads").appendChild(document.createElement("th"));
  th.dataset.name = name;
  if (isNumber && name !== "findings") th.className = "number";
  const button = th.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = title;
  button.addEventListener("click", () => {
    const now = chosen();
    // Numbers begin with the highest.
    choose(now.sort === name ? { down: !now.down } : { sort: name, down: isNumber });
  });
}
for (const [name, title] of targets) to.add(new Option(title, name));
state.add(new Option("any", ""));
for (const [name, title] of data.states) state.add(new Option(title, name));
for (const id of ["to-label", "state-label"]) one(id).hidden = !targets.length;
filter.addEventListener("input", () => choose({ q: filter.value }));
to.addEventListener("change", () => choose({ at: to.selectedIndex }));
state.addEventListener("change", () => choose({ state: state.value }));
more.addEventListener("click", () => { shown += PAGE; show(); });
window.addEventListener("hashchange", show);
window.addEventListener("beforeprint", () => { shown = Infinity; show(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== filter && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    filter.focus();
  }
});
show();
