// What every page does: answers of the server that aren't pages are shown where they belong.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 409 || xhr.status === 422) event.detail.shouldSwap = true;
});
