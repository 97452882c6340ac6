"use strict";
(() => {
  const root = document.documentElement;
  const article = document.querySelector("article");
  const layer = article.querySelector(".rules");
  const peek = document.querySelector(".peek");
  const pieces = new Map();   // entry id -> its pieces of text
  const cards = new Map();    // entry id -> its rows of the record
  const ids = (node) => (node.dataset.e || "").split(" ").filter(Boolean);
  const add = (map, id, node) => map.has(id) ? map.get(id).push(node) : map.set(id, [node]);
  const words = document.querySelectorAll("article span[data-e], h1 span[data-e]");
  for (const node of words) for (const id of ids(node)) add(pieces, id, node);
  for (const node of document.querySelectorAll(".entry[data-e]")) for (const id of ids(node)) add(cards, id, node);
  const names = new Set([...document.querySelectorAll(".entry.actor")].map((card) => card.dataset.e));
  const told = [...document.querySelectorAll(".told")];
  const places = new Map([...words].map((node, n) => [node, n]));
  const place = (id) => { const first = (pieces.get(id) || [])[0]; return first ? places.get(first) : 1e9; };
  const statements = told.map((card) => card.dataset.e).sort((a, b) => Number(number(a)) - Number(number(b)));
  const entries = [...cards.keys()].filter((id) => pieces.has(id)).sort((a, b) => place(a) - place(b));
  function number(id) { const card = (cards.get(id) || [])[0]; const n = card && card.querySelector(".number"); return n ? n.textContent : 0; }

  // ---- light an entry up, wherever it stands
  let pinned = null;
  function mark(id, name, on) {
    for (const node of pieces.get(id) || []) {
      if (name === "lit" && !on) node.classList.remove("lit");
      else node.classList.toggle(name, on);
    }
    for (const node of cards.get(id) || []) node.classList.toggle(name, on);
    for (const node of layer.querySelectorAll("[data-e]")) if (ids(node).includes(id)) node.classList.toggle("lit", on);
  }
  let lit = [];
  function light(which) {
    for (const id of lit) mark(id, "lit", false);
    lit = which;
    for (const id of lit) mark(id, "lit", true);
    if (pinned) mark(pinned, "pinned", true);
  }
  function pin(id, { text = false, record = false } = {}) {
    if (pinned) mark(pinned, "pinned", false);
    pinned = null;
    light([]);
    pinned = id;
    if (!id) { peek.classList.remove("shown"); return; }
    mark(id, "pinned", true);
    const first = (pieces.get(id) || [])[0];
    const card = (cards.get(id) || [])[0];
    if (text && first) show(first);
    if (card) {
      const fold = card.closest("details");
      if (fold) fold.open = true;
      if (record && getComputedStyle(document.querySelector(".record")).position === "sticky") show(card);
      glimpse(card);
    }
  }
  function show(node) {
    const box = node.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 120 || node.closest(".record")) node.scrollIntoView({ block: node.closest(".record") ? "nearest" : "center" });
  }
  function glimpse(card) {
    peek.replaceChildren();
    const head = card.closest(".source") && card.closest(".source").querySelector("h3");
    if (head) peek.append(head.cloneNode(true));
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    peek.append(copy);
    peek.classList.add("shown");
  }

  // ---- the pointer
  const entryAt = (node) => node.closest && node.closest("[data-e]");
  document.addEventListener("pointerover", (event) => {
    const node = entryAt(event.target);
    if (!node || node.closest(".peek")) { light([]); return; }
    const at = ids(node);
    if (node.matches(".entry, .rule, path")) { light(at); return; }
    const inner = at.find((id) => statements.includes(id));
    const others = at.filter((id) => !statements.includes(id) && !names.has(id));
    light([...new Set([inner, ...others].filter(Boolean))]);
  });
  document.addEventListener("click", (event) => {
    const ref = event.target.closest("a.ref");
    if (ref) { event.preventDefault(); pin(ref.dataset.ref, { text: true, record: true }); return; }
    const node = entryAt(event.target);
    if (!node || getSelection().toString()) { if (!event.target.closest("summary, .peek, dialog")) pin(null); return; }
    if (node.closest(".peek")) return;
    const at = ids(node).filter((id) => cards.has(id));
    if (!at.length) return;
    const next = node.matches(".entry, .rule") ? at[0] : at[(at.indexOf(pinned) + 1) % at.length];
    pin(next, { text: node.matches(".entry"), record: !node.matches(".entry") });
  });

  // ---- the keyboard
  function step(list, by) {
    if (!list.length) return;
    const at = list.indexOf(pinned);
    pin(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)], { text: true, record: true });
  }
  const help = document.getElementById("keys");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(statements, 1);
    else if (event.key === "k") step(statements, -1);
    else if (event.key === "J") step(entries, 1);
    else if (event.key === "K") step(entries, -1);
    else if (event.key === "Escape") pin(null);
    else if (event.key === "?") help.open ? help.close() : help.showModal();
    else if (event.key === "Enter" && document.activeElement.matches(".entry")) pin(document.activeElement.dataset.e, { text: true });
  });
  help.addEventListener("click", () => help.close());

  // ---- the margin: a rule beside every statement, a line from each denial to what it denies
  function extent(id) {
    const frame = article.getBoundingClientRect();
    const boxes = (pieces.get(id) || []).filter((node) => node.classList.contains("said") && article.contains(node)).flatMap((node) => [...node.getClientRects()]);
    if (!boxes.length) return null;
    return { top: Math.min(...boxes.map((b) => b.top)) - frame.top, bottom: Math.max(...boxes.map((b) => b.bottom)) - frame.top };
  }
  function draw() {
    layer.replaceChildren();
    const lanes = [];
    const inset = parseFloat(getComputedStyle(article).paddingLeft) - 13;
    const step = inset > 20 ? 8 : 6;
    const drawn = told.map((card) => ({ card, at: extent(card.dataset.e) })).filter((one) => one.at);
    drawn.sort((a, b) => a.at.top - b.at.top || b.at.bottom - a.at.bottom);
    for (const { card, at } of drawn) {
      let lane = lanes.findIndex((bottom) => bottom <= at.top + 4);
      if (lane < 0) lane = lanes.push(0) - 1;
      lanes[lane] = at.bottom;
      const rule = document.createElement("i");
      rule.className = "rule " + [...card.classList].filter((name) => !["entry", "told", "lit", "pinned"].includes(name)).join(" ");
      rule.dataset.e = card.dataset.e;
      rule.style.top = at.top + 4 + "px";
      rule.style.height = Math.max(at.bottom - at.top - 8, 8) + "px";
      rule.style.left = inset - Math.min(lane, 3) * step + "px";
      layer.append(rule);
    }
    tie();
    if (pinned) mark(pinned, "pinned", true);
  }
  function tie() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const narrow = parseFloat(getComputedStyle(article).paddingRight);
    const right = article.clientWidth - narrow + 4;
    let n = 0;
    for (const card of told) {
      const verb = card.querySelector(":scope > .no");
      if (!verb || !verb.textContent.startsWith("✗ denies")) continue;
      for (const ref of verb.querySelectorAll(".ref")) {
        const from = extent(card.dataset.e), to = extent(ref.dataset.ref);
        if (!from || !to) continue;
        const a = (from.top + from.bottom) / 2, b = (to.top + to.bottom) / 2, x = right + (narrow > 8 ? 7 + (n % 3) * 4 : 12 + (n % 4) * 6);
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        const r = a > b ? 6 : -6;
        path.setAttribute("d", `M${right} ${a}H${x - 6}Q${x} ${a} ${x} ${a - r}V${b + r}Q${x} ${b} ${x - 6} ${b}H${right}`);
        path.dataset.e = card.dataset.e + " " + ref.dataset.ref;
        svg.append(path);
        n += 1;
      }
    }
    layer.append(svg);
  }
  root.classList.add("drawn");
  draw();
  new ResizeObserver(draw).observe(article);
  if (location.hash.startsWith("#r-")) pin(location.hash.slice(3), { text: true, record: true });
})();
