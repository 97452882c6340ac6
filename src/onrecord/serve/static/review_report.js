// Deciding on a report's page about the entry that is lit: `a` accepts it, `u` takes back what was
// decided last. Each sends a form, as the review pages do, and leads back to the entry.
(() => {
  const token = JSON.parse(document.body.getAttribute('hx-headers'))['x-csrf-token'];
  function send(action, fields) {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = action;
    for (const [name, value] of Object.entries({ csrf: token, ...fields })) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }
  document.addEventListener('keydown', (event) => {
    if (!['a', 'u'].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select') || document.querySelector('dialog[open]')) return;
    const row = document.querySelector('main .entry.pinned[data-entry]:not(.peek *)');
    if (!row) return;
    const { entry, seen } = row.dataset;
    const onward = `${location.pathname}${location.search}#${entry.split(':')[1]}`;
    event.preventDefault();
    if (event.key === 'a') send(`/review/entries/${entry}`, { action: 'accept', seen, onward });
    else if (seen) send('/review/undo', { id: seen, seen, onward });
  });
})();
