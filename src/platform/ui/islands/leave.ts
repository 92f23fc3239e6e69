/**
 * *Leave this page* without a trace in the tab: the page behind it takes the place of this one in the history, and whoever goes back to
 * any page that offers it is led away again before it shows. Three times Escape does the same. Runs before the page is drawn; without it
 * the link is a link.
 */
{
  const left = 'linden-left'
  const link = document.querySelector<HTMLAnchorElement>('.ln-leave a')

  const leave = () => {
    if (!link) return
    // what takes its time to go is not seen meanwhile
    document.documentElement.style.display = 'none'
    remember(true)
    location.replace(link.href)
  }

  const remember = (yes: boolean) => {
    try {
      if (yes) sessionStorage.setItem(left, 'yes')
      else sessionStorage.removeItem(left)
    } catch {
      // a browser that keeps nothing cannot know later; leaving works all the same
    }
  }

  const hasLeft = () => {
    try {
      return sessionStorage.getItem(left) !== null
    } catch {
      return false
    }
  }

  const [arrival] = performance.getEntriesByType('navigation')
  const wentBack = arrival instanceof PerformanceNavigationTiming && arrival.type === 'back_forward'
  // who comes by a link or an address comes on purpose
  if (!wentBack) remember(false)
  else if (hasLeft()) leave()
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && hasLeft()) leave()
  })

  link?.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })

  /** milliseconds in which three presses are one wish */
  const soon = 2000
  let presses: number[] = []
  addEventListener('keydown', ({ key, timeStamp, repeat }) => {
    if (key !== 'Escape' || repeat) return
    presses = [...presses, timeStamp].filter((press) => timeStamp - press < soon)
    if (presses.length >= 3) leave()
  })
}

export {}
