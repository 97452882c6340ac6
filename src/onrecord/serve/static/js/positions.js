// A cell's history is shown below the matrix, and focus goes there; without a script the cell is a
// link to a page of its own.
document.body.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target.id !== 'history') return;
  document.querySelectorAll('.cell[aria-expanded]').forEach((cell) => cell.removeAttribute('aria-expanded'));
  event.detail.requestConfig.elt.setAttribute('aria-expanded', 'true');
  event.detail.target.focus({ preventScroll: true });
  event.detail.target.scrollIntoView({ block: 'start' });
});
