// Where there is little room, filters are folded, so that the answer shows at once.
for (const fold of document.querySelectorAll('.fold')) {
  if (matchMedia('(max-width: 46rem)').matches && !fold.querySelector('[autofocus]')) fold.open = false;
}

document.querySelector('header.site a[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
