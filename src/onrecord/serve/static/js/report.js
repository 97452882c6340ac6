// A report's page: pointing at words or at an entry lights both up; keys move through them.
(() => {
  const root = document.documentElement;
  const article = document.querySelector('.paper');
  const layer = article.querySelector('.rules');
  const record = document.querySelector('.record');
  const peek = document.querySelector('.peek');
  const help = document.getElementById('keys');
  const ids = (node) => (node.dataset.e || '').split(' ').filter(Boolean);
  const collect = (selector) => {
    const found = new Map();
    for (const node of document.querySelectorAll(selector)) {
      for (const id of ids(node)) found.has(id) ? found.get(id).push(node) : found.set(id, [node]);
    }
    return found;
  };
  const words = [...document.querySelectorAll('.paper span[data-e], .report-head h1 span[data-e]')];
  const pieces = collect('.paper span[data-e], .report-head h1 span[data-e]');
  const cards = collect('.entry[data-e], .answer[data-e]');
  const numbers = collect('a.n');
  const place = new Map(words.map((node, n) => [node, n]));
  const at = (id) => place.get((pieces.get(id) || [])[0]) ?? Infinity;
  const card = (id) => (cards.get(id) || [])[0];
  const isStatement = (id) => card(id)?.classList.contains('told');
  const isActor = (id) => card(id)?.classList.contains('who-is');
  const statements = [...cards.keys()].filter(isStatement);
  const entries = [...cards.keys()].filter((id) => pieces.has(id)).sort((a, b) => at(a) - at(b));

  // ---- light up an entry, wherever it stands
  let pinned = null;
  let lit = [];
  function mark(id, name, on) {
    for (const node of [...(pieces.get(id) || []), ...(cards.get(id) || []), ...(numbers.get(id) || [])]) node.classList.toggle(name, on);
    for (const node of layer.querySelectorAll('[data-e]')) if (ids(node).includes(id)) node.classList.toggle('lit', on);
  }
  function light(which) {
    for (const id of lit) mark(id, 'lit', false);
    lit = which;
    for (const id of lit) mark(id, 'lit', true);
    if (pinned) mark(pinned, 'pinned', true);
  }
  function pin(id, { text = false, beside = false, behavior = 'auto' } = {}) {
    if (pinned) mark(pinned, 'pinned', false);
    pinned = null;
    light([]);
    pinned = id;
    if (!id) { peek.classList.remove('shown'); peek.replaceChildren(); return; }
    mark(id, 'pinned', true);
    const first = (pieces.get(id) || [])[0];
    if (text && first) show(first, behavior);
    const row = card(id);
    if (!row) return;
    const fold = row.closest('details');
    if (fold) fold.open = true;
    if (beside && getComputedStyle(record).position === 'sticky') showBeside(row);
    glimpse(row);
  }
  function show(node, behavior = 'auto') {
    const box = node.getBoundingClientRect();
    if (box.top < 70 || box.bottom > innerHeight - 130) node.scrollIntoView({ block: 'center', behavior });
  }
  function showBeside(row) { // moves the record alone: moving the page too would stop what `show` began
    const box = row.getBoundingClientRect(), frame = record.getBoundingClientRect();
    const hidden = box.top < frame.top + 60 || box.bottom > Math.min(frame.bottom, innerHeight) - 40;
    if (hidden) record.scrollTop += box.top - frame.top - record.clientHeight / 3;
  }
  function glimpse(row) {
    const copy = row.cloneNode(true);
    copy.removeAttribute('id');
    copy.classList.remove('pinned', 'lit');
    const section = document.createElement('section');
    const list = document.createElement('ul');
    const head = row.closest('.source-of')?.querySelector('h3');
    section.className = 'source-of';
    list.append(copy);
    section.append(...(head ? [head.cloneNode(true)] : []), list);
    peek.replaceChildren(section);
    peek.classList.add('shown');
  }

  // ---- the pointer, and focus
  const entryAt = (node) => node.closest?.('[data-e]');
  function meant(node) {
    const here = ids(node);
    if (node.matches('.entry, .answer, .n, i, path')) return here;
    const inner = here.find(isStatement);
    return [...new Set([inner, ...here.filter((id) => !isStatement(id) && !isActor(id))].filter(Boolean))];
  }
  for (const kind of ['pointerover', 'focusin']) {
    document.addEventListener(kind, (event) => {
      const node = entryAt(event.target);
      light(!node || node.closest('.peek') ? [] : meant(node));
    });
  }
  document.addEventListener('click', (event) => {
    const ref = event.target.closest('a.ref');
    if (ref && cards.has(ref.dataset.ref)) { event.preventDefault(); pin(ref.dataset.ref, { text: true, beside: true }); return; }
    const own = event.target.closest('a.to-words, a.n');
    if (own && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      const id = ids(entryAt(own))[0];
      history.replaceState(null, '', own.getAttribute('href'));
      pin(id, { text: own.matches('.to-words'), beside: own.matches('.n') });
      return;
    }
    if (event.target.closest('a, button, summary, dialog, input, select, textarea')) return;
    const node = entryAt(event.target);
    if (!node || getSelection().toString()) { if (!event.target.closest('.peek')) pin(null); return; }
    if (node.closest('.peek')) return;
    const here = ids(node).filter((id) => cards.has(id));
    if (!here.length) return;
    const fromRecord = node.matches('.entry, .answer');
    pin(fromRecord || node.matches('i') ? here[0] : here[(here.indexOf(pinned) + 1) % here.length], { text: fromRecord, beside: !fromRecord });
  });

  // ---- the keyboard
  function step(list, by) {
    if (!list.length) return;
    const now = list.indexOf(pinned);
    const next = now < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(now + by, 0), list.length - 1);
    pin(list[next], { text: true, beside: true });
    card(list[next])?.querySelector('a')?.focus({ preventScroll: true });
  }
  function denial() {
    if (!pinned) return;
    const refs = [...(card(pinned)?.querySelectorAll('.no .ref') || [])];
    if (refs.length && cards.has(refs[0].dataset.ref)) pin(refs[0].dataset.ref, { text: true, beside: true });
  }
  function review() {
    const entry = pinned && card(pinned)?.dataset.entry;
    if (entry && !isActor(pinned)) location.href = `/review/entries/${entry}?onward=${encodeURIComponent(`${location.pathname}${location.search}#${entry.split(':')[1]}`)}`;
  }
  const keys = { j: () => step(statements, 1), k: () => step(statements, -1), J: () => step(entries, 1), K: () => step(entries, -1), d: denial, e: review, Escape: () => pin(null), '?': () => (help.open ? help.close() : help.showModal()) };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
    if (help.open && event.key !== '?') return;
    if (keys[event.key]) { if (event.key !== 'Escape') event.preventDefault(); keys[event.key](); }
  });

  // ---- the margin: a rule beside every statement, a line from each denial to what it denies
  function extent(id) {
    const frame = article.getBoundingClientRect();
    const own = (pieces.get(id) || []).filter((node) => node.classList.contains('said') && article.contains(node));
    const boxes = own.flatMap((node) => [...node.getClientRects()]);
    if (!boxes.length) return null;
    return { top: Math.min(...boxes.map((b) => b.top)) - frame.top, bottom: Math.max(...boxes.map((b) => b.bottom)) - frame.top };
  }
  function draw() {
    layer.replaceChildren();
    const lanes = [];
    const edge = parseFloat(getComputedStyle(article).paddingLeft) - 15;
    const gap = edge > 16 ? 9 : 7;
    const rows = statements.map((id) => ({ id, authority: authority(id), at: extent(id) })).filter((one) => one.at);
    rows.sort((a, b) => a.at.top - b.at.top || b.at.bottom - a.at.bottom);
    for (const { id, authority: kind, at: box } of rows) {
      let lane = lanes.findIndex((bottom) => bottom <= box.top + 4);
      if (lane < 0) lane = lanes.push(0) - 1;
      lanes[lane] = box.bottom;
      const rule = document.createElement('i');
      rule.className = `mark ${kind}`;
      rule.dataset.e = id;
      rule.style.top = `${box.top + 5}px`;
      rule.style.height = `${Math.max(box.bottom - box.top - 10, 10)}px`;
      rule.style.left = `${edge - Math.min(lane, 2) * gap}px`;
      layer.append(rule);
    }
    tie();
    if (pinned) mark(pinned, 'pinned', true);
  }
  const KINDS = ['named', 'body', 'document', 'media', 'unnamed', 'none'];
  const authority = (id) => KINDS.find((kind) => card(id).classList.contains(kind));
  function tie() {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const inset = parseFloat(getComputedStyle(article).paddingRight);
    const right = article.clientWidth - inset + 4;
    let n = 0;
    for (const id of statements) {
      const said = [...card(id).children].find((node) => node.matches('.no') && node.textContent.trim().startsWith('✗ denies'));
      for (const ref of said ? said.querySelectorAll('.ref') : []) {
        const from = extent(id), to = extent(ref.dataset.ref);
        if (!from || !to) continue;
        const a = (from.top + from.bottom) / 2, b = (to.top + to.bottom) / 2, r = a > b ? 6 : -6;
        const x = right + (inset > 8 ? 6 + (n % 3) * 4 : 12 + (n % 4) * 7);
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        path.setAttribute('d', `M${right} ${a}H${x - 6}Q${x} ${a} ${x} ${a - r}V${b + r}Q${x} ${b} ${x - 6} ${b}H${right}`);
        path.dataset.e = `${id} ${ref.dataset.ref}`;
        svg.append(path);
        n += 1;
      }
    }
    layer.append(svg);
  }
  root.classList.add('drawn');
  draw();
  new ResizeObserver(draw).observe(article);
  document.fonts?.ready.then(draw);
  function addressed() {
    const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const known = location.hash.length > 1 && !row && document.querySelector('.spread').dataset.parts > 1 && !location.search.includes('at=');
    if (known) location.replace(`?at=${location.hash.slice(1)}${location.hash}`); // it stands in another part
    if (row && row.dataset.e) pin(ids(row)[0], { text: true, beside: true, behavior: 'instant' });
  }
  addEventListener('hashchange', addressed);
  addEventListener('load', () => setTimeout(addressed, 50)); // behind the browser's own jump to the row
  addressed();
})();
