/**
 * Files on their way: how far they are, and a button to stop. The form is sent with all that stands in it, to the address that it names; whoever
 * has no script sends it plainly. A page that comes back takes the place of this one.
 */
const asked = 'linden-upload'

for (const part of document.querySelectorAll<HTMLElement>('[data-upload]')) attend(part)

function attend(part: HTMLElement): void {
  const form = part.closest('form')
  // one for all questions of a form
  if (!form || form.querySelector('[data-upload]') !== part) return
  let sending: XMLHttpRequest | undefined
  form.addEventListener('submit', (event) => {
    if (!chosen(form).some(({ files }) => files.length > 0)) return
    event.preventDefault()
    if (sending) return
    const objection = chosen(form).map(objectionTo).find(Boolean)
    if (objection) return say(part, objection)
    sending = send(part, form, event.submitter, () => {
      sending = undefined
    })
  })
  part.querySelector('button')?.addEventListener('click', () => sending?.abort())
}

interface Chosen {
  part: HTMLElement
  files: File[]
}

function chosen(form: HTMLFormElement): Chosen[] {
  return [...form.querySelectorAll<HTMLElement>('[data-upload]')].map((part) => ({
    part,
    files: [...(part.querySelector<HTMLInputElement>('input[type=file]')?.files ?? [])],
  }))
}

/** What the other side would refuse after all of it had been sent. */
function objectionTo({ part, files }: Chosen): string | undefined {
  const large = files.find((file) => file.size > Number(part.dataset.limit))
  if (large) return part.dataset.tooLarge?.replace('{name}', () => large.name)
  const more = files[Number(part.dataset.most)]
  return more && part.dataset.tooMany?.replace('{name}', () => more.name)
}

function send(part: HTMLElement, form: HTMLFormElement, by: HTMLElement | null, over: () => void): XMLHttpRequest {
  const progress = part.querySelector<HTMLElement>('.ln-progress')
  const bar = part.querySelector('progress')
  const end = (words: string | undefined) => {
    if (progress) progress.hidden = true
    say(part, words ?? '')
    over()
  }
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.setRequestHeader('accept', 'text/html')
  request.setRequestHeader(asked, '1')
  let told = -1
  request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
    if (!lengthComputable) return
    const percent = Math.floor((100 * loaded) / total)
    if (bar) bar.value = percent
    // read aloud, so only now and then
    const quarter = Math.floor(percent / 25) * 25
    if (quarter === told) return
    told = quarter
    say(part, percent < 100 ? part.dataset.sending?.replace('{percent}', String(quarter)) : part.dataset.checking)
  })
  request.addEventListener('load', () => {
    const to = request.getResponseHeader(asked)
    if (to) return go(to)
    over()
    if (!show(request.responseText)) end(part.dataset.failed)
  })
  request.addEventListener('error', () => end(part.dataset.failed))
  request.addEventListener('abort', () => end(part.dataset.stopped))
  if (bar) bar.value = 0
  if (progress) progress.hidden = false
  request.send(new FormData(form, by))
  return request
}

function say(part: HTMLElement, words: string | undefined): void {
  const place = part.querySelector('[role=status]')
  if (place) place.textContent = words ?? ''
}

function go(to: string): void {
  const target = new URL(to, location.href)
  // To a part of this very page: only loading it again shows what is new.
  if (target.pathname + target.search === location.pathname + location.search) location.reload()
  else location.assign(target)
}

/** Puts the content of a page that came back in place of this one's. @returns whether it was a page */
function show(html: string): boolean {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const next = page.querySelector('main')
  const main = document.querySelector('main')
  if (!next || !main) return false
  document.title = page.title
  main.replaceWith(next)
  // Scripts that were parsed do not run; those that run already are not run twice.
  for (const script of next.querySelectorAll('script')) {
    const own = document.createElement('script')
    own.type = 'module'
    own.src = script.src
    script.replaceWith(own)
  }
  for (const part of next.querySelectorAll<HTMLElement>('[data-upload]')) attend(part)
  const start = next.querySelector<HTMLElement>('.ds-error-summary') ?? next
  start.focus()
  scrollTo({ top: 0 })
  return true
}

export {}
