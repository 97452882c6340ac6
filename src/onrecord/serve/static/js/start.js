// Files may be dropped anywhere on the page, folders too; they are sent as if they had been chosen.
const form = document.getElementById('give-form');
const field = form.querySelector('input[type=file]:not([webkitdirectory])');

const carriesFiles = (event) => [...event.dataTransfer.types].includes('Files');

async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) if (!one.name.startsWith('.')) found.push(...(await filesIn(one)));
  }
}

document.addEventListener('dragover', (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add('dropping');
});
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) document.body.classList.remove('dropping');
});
document.addEventListener('drop', async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove('dropping');
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const chosen = new DataTransfer();
  for (const entry of entries) for (const file of await filesIn(entry)) chosen.items.add(file);
  field.files = chosen.files;
  if (field.files.length && form.elements.csrf) form.requestSubmit();
});
