/** What the address in `data-source` answers. */
interface State {
  done: number
  total?: number
  finished?: boolean
}

/** Milliseconds between two questions; doubled after each failure, up to a minute. */
const pause = 1500

for (const part of document.querySelectorAll<HTMLElement>('.ln-progress[data-source]')) follow(part, pause)

function follow(part: HTMLElement, wait: number): void {
  setTimeout(async () => {
    // A page nobody looks at does not ask.
    if (document.hidden) return follow(part, pause)
    const state = await ask(part.dataset.source ?? '')
    if (!state) return follow(part, Math.min(wait * 2, 60_000))
    if (state.finished) return location.reload()
    show(part, state)
    follow(part, pause)
  }, wait)
}

async function ask(source: string): Promise<State | undefined> {
  try {
    const answer = await fetch(source, { headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as State) : undefined
  } catch {
    return undefined
  }
}

/** Replaces the figures within the sentence, so that the page's language stays. */
function show(part: HTMLElement, { done, total }: State): void {
  const bar = part.querySelector('progress')
  const figures = part.querySelector('[data-figures]')
  if (bar && total !== undefined) {
    bar.max = total
    bar.value = done
  }
  if (!figures) return
  const numbers = [done, total]
  figures.textContent = (figures.textContent ?? '').replace(/\d+/g, (old) => String(numbers.shift() ?? old))
}

export {}
