/**
 * May a change that leans on a cookie come from this page? Browsers say where a request comes from;
 * a browser too old to say so sends the `SameSite` cookie only from our own pages.
 */
export function isSameOrigin(request: Request, own: string): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = request.headers.get('origin') ?? request.headers.get('referer')
  if (!origin) return true
  return URL.canParse(origin) && new URL(origin).origin === own
}

/** A path within this program, or the front page: no address from outside leads elsewhere (open redirect). */
export function ownPath(given: string | null | undefined): string {
  if (!given?.startsWith('/') || given.startsWith('//') || given.startsWith('/\\')) return '/'
  const base = 'http://own.invalid'
  if (!URL.canParse(given, base)) return '/'
  const url = new URL(given, base)
  const path = url.pathname + url.search
  // `/..//elsewhere` is ours to begin with, and `//elsewhere` once its dots are resolved
  return url.origin === base && !path.startsWith('//') ? path : '/'
}
