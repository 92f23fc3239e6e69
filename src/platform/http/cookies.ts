/** Cookies of a request by name; of two with one name the first counts. */
export function readCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    if (cookies.has(name)) continue
    try {
      cookies.set(name, decodeURIComponent(part.slice(at + 1).trim()))
    } catch {
      // a cookie that is no text was not set by us
    }
  }
  return cookies
}

/** A `Set-Cookie` value; `days` 0 forgets it. */
export function cookie(
  name: string,
  value: string,
  options: { days?: number; path?: string; secure: boolean },
): string {
  const age = options.days === undefined ? '' : `; Max-Age=${Math.round(options.days * 86_400)}`
  return `${name}=${encodeURIComponent(value)}; Path=${options.path ?? '/'}; HttpOnly; SameSite=Lax${age}${options.secure ? '; Secure' : ''}`
}
