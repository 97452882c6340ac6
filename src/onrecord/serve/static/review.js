// Review: the keyboard, and picking an entry's words by selecting them in the text.
(() => {
  const help = document.getElementById('keys');
  const form = document.querySelector('form.fields');
  const rows = [...document.querySelectorAll('.waiting')];
  const passage = document.querySelector('.passage');
  let here = -1;

  // ---- the queue: one row at a time
  function go(to) {
    if (!rows.length) return;
    rows[here]?.classList.remove('here');
    here = Math.min(Math.max(to, 0), rows.length - 1);
    rows[here].classList.add('here');
    rows[here].querySelector('.words a').focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: 'nearest' });
  }
  rows.forEach((row, n) => row.addEventListener('focusin', () => {
    if (here !== n) { rows[here]?.classList.remove('here'); here = n; row.classList.add('here'); }
  }));

  const press = (key, within = document) => { const button = within?.querySelector(`[data-key="${key}"]`); button?.click(); return Boolean(button); };
  const decide = (key) => (rows.length ? here >= 0 && press(key, rows[here]) : press(key));
  function edit() {
    if (rows.length) return here >= 0 && (rows[here].querySelector('.words a').click(), true);
    form?.querySelector('select, input:not([type="hidden"])')?.focus();
    return true;
  }
  const keys = {
    j: () => (go(here + 1), true), k: () => (go(here - 1), true),
    a: () => decide('a'), r: () => decide('r'), n: () => press('n'), u: () => press('u'), e: edit,
    '?': () => (help && (help.open ? help.close() : help.showModal()), true),
  };
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input:not([type="checkbox"]), textarea, select');
    if (event.key === 'Escape') { arm(null); if (typing) typing.blur(); return; }
    if (typing && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); press('c'); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || (help?.open && event.key !== '?')) return;
    if (keys[event.key] && keys[event.key]()) event.preventDefault();
  });
  // Enter in a field must not send the first button by accident: it corrects, on purpose, with Ctrl.
  form?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('input') && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });

  // ---- names of actors that the store knows, while one is typed
  const known = document.getElementById('known-actors');
  let asked = 0;
  async function offer(field) {
    const name = field.value.trim();
    const mine = (asked += 1);
    if (name.length < 2) return;
    const answer = await fetch(`/api/v1/actors?limit=12&name=${encodeURIComponent(name)}`);
    if (!answer.ok || mine !== asked) return;
    const { data } = await answer.json();
    known.replaceChildren(...data.map((one) => {
      const option = document.createElement('option');
      option.value = one.name;
      option.label = one.kind;
      return option;
    }));
  }
  if (known) {
    let waits = 0;
    form?.addEventListener('input', (event) => {
      if (!event.target.matches('[data-actor]')) return;
      clearTimeout(waits);
      waits = setTimeout(() => offer(event.target).catch(() => {}), 200);
    });
  }

  // ---- words by selecting them
  let armed = null;
  function arm(spot) {
    for (const button of document.querySelectorAll('.pick')) button.setAttribute('aria-pressed', String(button.parentNode === spot));
    document.querySelectorAll('.spot.picking').forEach((one) => one.classList.remove('picking'));
    spot?.classList.add('picking');
    passage?.classList.toggle('picking', Boolean(spot));
    armed = spot;
  }
  const points = (text) => [...text].length; // the record counts characters, JavaScript halves of some
  function offset(node, within) {
    const piece = (node.nodeType === 3 ? node.parentNode : node).closest('[data-at]');
    if (!piece || !passage.contains(piece)) return null;
    const before = node.nodeType === 3 ? node.data.slice(0, within) : within ? piece.textContent : '';
    return Number(piece.dataset.at) + points(before);
  }
  function whole(text, start, end) { // out to the words' borders, without the blanks around them
    const word = /[\p{L}\p{N}]/u;
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    if (word.test(text[start])) while (start > 0 && word.test(text[start - 1])) start -= 1;
    if (word.test(text[end - 1])) while (end < text.length && word.test(text[end])) end += 1;
    return [start, end];
  }
  function take() {
    const chosen = getSelection();
    if (!armed || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    const a = offset(range.startContainer, range.startOffset), b = offset(range.endContainer, range.endOffset);
    if (a === null || b === null) return;
    const pieces = [...passage.querySelectorAll('[data-at]')];
    const first = Number(pieces[0].dataset.at);
    const text = [...pieces.map((piece) => piece.textContent).join('')];
    const [start, end] = whole(text, Math.min(a, b) - first, Math.max(a, b) - first);
    if (end <= start) return;
    const [words, at] = armed.querySelectorAll('input');
    words.value = text.slice(start, end).join('').split(/\s+/).join(' ');
    at.value = `${first + start}-${first + end}`;
    words.dispatchEvent(new Event('change', { bubbles: true }));
    arm(null);
    chosen.removeAllRanges();
    words.focus();
  }
  if (passage && form) {
    document.querySelectorAll('.pick, .with-script').forEach((one) => { one.hidden = false; });
    form.addEventListener('click', (event) => {
      const pick = event.target.closest('.pick');
      if (pick) arm(pick.parentNode === armed ? null : pick.parentNode);
    });
    // Words typed over: the place they had is only a hint of where to look for them.
    passage.addEventListener('pointerup', () => setTimeout(take));
    document.addEventListener('keyup', (event) => { if (event.shiftKey || event.key === 'Shift') take(); });
  }
})();
