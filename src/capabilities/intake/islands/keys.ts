/** The key "n" follows the link that says so, outside of fields, and without another key held down. */
document.addEventListener('keydown', (event) => {
  if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return
  const at = event.target
  if (at instanceof Element && at.closest('input, select, textarea, [contenteditable]')) return
  document.querySelector<HTMLAnchorElement>('a[data-next]')?.click()
})

export {}
