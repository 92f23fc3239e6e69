// A screen reader starts where the focus is: after a form that was sent with mistakes, that is the list of them.
const summary = document.querySelector<HTMLElement>('.ds-error-summary')
summary?.focus()

// A link of the summary puts the focus into its field, not only the field into view.
summary?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const field = link?.hash ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null
  if (!field) return
  event.preventDefault()
  field.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
})

export {}
