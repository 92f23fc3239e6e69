import type { FieldError } from '../access/outcome.ts'
import { m } from '../i18n/speech.ts'
import { speak } from '../i18n/text.ts'
import type { Region } from '../packs/regions.ts'
import type { Frame, Link } from '../ui/frame.ts'
import { Layout } from '../ui/layout.tsx'
import { ErrorPage } from '../ui/pages.tsx'
import type { Answer } from './answer.ts'
import type { House } from './app.ts'
import { showTurning } from './clean.ts'
import { cookie } from './cookies.ts'
import { flashCookie, openFlash, sealFlash } from './flash.ts'
import type { Recognised } from './recognise.ts'

/** Makes the frame of a page from what is known of the visitor. */
export function frameOf(house: House, recognised: Recognised, leave = false): Frame {
  const { actor, locale, region } = recognised
  const name = (of: Region) => ({ id: of.id, name: speak(of.short, locale, of.languages) })
  const groups = house.menus.flatMap((menu) => menu.work(recognised) ?? [])
  const here = (link: { href: string }) => recognised.url.pathname === link.href
  const marked = groups.map((group) => ({
    ...group,
    links: group.links.map((link) => ({ ...link, current: link.current ?? here(link) })),
  }))
  const told = (phone: { label: Region['short']; number: string; hours?: Region['short'] | undefined }) => ({
    label: speak(phone.label, locale, region?.languages),
    number: phone.number,
    hours: phone.hours ? speak(phone.hours, locale, region?.languages) : undefined,
  })
  return {
    locale,
    scheme: recognised.scheme,
    address: recognised.url.pathname + recognised.url.search,
    region: region ? name(region) : undefined,
    regions: house.regions().map(name),
    emergencies: firstOfEachKind(region?.emergencies ?? []).map((number) => ({
      ...told(number),
      label: { words: dangers[number.kind](), locale, draft: false },
    })),
    helpline: region?.helpline ? { ...told(region.helpline), example: region.helpline.example } : undefined,
    person: actor ? { name: actor.name } : undefined,
    menu: house.menus.flatMap((menu) => menu.public(recognised)).map((link) => marking(link, recognised.url.pathname)),
    work: marked.length > 0 ? { groups: marked, bar: marked.flatMap((group) => group.links).slice(0, 5) } : undefined,
    signIn: !actor,
    flash: flashOf(house, recognised),
    leave: leave ? 'https://www.wikipedia.org/' : undefined,
  }
}

/** Marks a link of the public menu, and of its parts the one whose pages this page is among. */
function marking(link: Link, path: string): Link {
  const below = ({ href }: Link) => path === href || path.startsWith(`${href}/`)
  const part = link.parts?.filter(below).sort((a, b) => b.href.length - a.href.length)[0]
  return {
    ...link,
    current: link.current ?? (path === link.href || part !== undefined),
    ...(link.parts ? { parts: link.parts.map((each) => ({ ...each, current: each === part })) } : {}),
  }
}

const dangers = {
  life: m.emergency_life,
  violence: m.emergency_violence,
  child: m.emergency_child,
  crisis: m.emergency_life,
} as const

/** Danger to life, violence, a child in need: one number each, so that a frightened person need not choose. */
function firstOfEachKind(numbers: Region['emergencies']): Region['emergencies'] {
  return (['life', 'violence', 'child'] as const).flatMap(
    (kind) => numbers.find((number) => number.kind === kind) ?? [],
  )
}

function flashOf(house: House, recognised: Recognised): Frame['flash'] {
  const flash = openFlash(recognised.cookies.get(flashCookie), house.secret)
  return flash ? { ...flash, undo: flash.undo } : undefined
}

/** The visitor as a reader of a page about another region. */
function aboutRegion(house: House, recognised: Recognised, id: string | undefined): Recognised {
  const region = house.regions().find((known) => known.id === id)
  return region ? { ...recognised, region } : recognised
}

/** Turns a route's answer into a response. */
export async function renderAnswer(house: House, recognised: Recognised, answer: Answer): Promise<Response> {
  switch (answer.is) {
    case 'page':
      return pageResponse(
        house,
        recognised,
        answer.status ?? 200,
        <Layout
          frame={frameOf(house, aboutRegion(house, recognised, answer.region), answer.leave)}
          title={answer.title}
          description={answer.description}
          head={answer.head}
          size={answer.size}
        >
          {answer.content}
        </Layout>,
        answer,
      )
    case 'redirect': {
      const headers = new Headers(recognised.sessionHeaders)
      headers.set('location', headerAddress(answer.to))
      for (const value of answer.cookies ?? []) headers.append('set-cookie', value)
      if (answer.flash)
        headers.append(
          'set-cookie',
          cookie(flashCookie, sealFlash(answer.flash, house.secret), { days: 1 / 1440, secure: house.secure }),
        )
      return new Response(null, { status: 303, headers })
    }
    case 'file':
      return new Response(
        typeof answer.body === 'string' || answer.body instanceof ReadableStream
          ? answer.body
          : new Uint8Array(answer.body),
        {
          headers: {
            'content-type': answer.type,
            ...(answer.name
              ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}` }
              : {}),
            ...answer.headers,
          },
        },
      )
    case 'notFound':
      return renderProblem(house, recognised, 404)
    case 'forbidden':
      return renderProblem(house, recognised, 403)
    case 'bad':
      return renderProblem(house, recognised, 400, { errors: [{ path: answer.path, message: answer.message }] })
  }
}

/** A header holds ASCII alone: letters of other scripts, spaces and line breaks travel percent-encoded. */
function headerAddress(address: string): string {
  return address.replaceAll(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()))
}

/** A page that says what went wrong and what to do, in the visitor's language. */
export async function renderProblem(
  house: House,
  recognised: Recognised,
  status: 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500,
  more: { errors?: readonly FieldError[]; id?: string } = {},
): Promise<Response> {
  const first = more.errors?.[0]
  const message = first ? (first.path ? `${first.path}: ${first.message}` : first.message) : undefined
  return pageResponse(
    house,
    recognised,
    status,
    <ErrorPage
      frame={frameOf(house, recognised)}
      status={status === 413 ? 400 : status}
      message={message}
      id={more.id}
    />,
  )
}

async function pageResponse(
  house: House,
  recognised: Recognised,
  status: number,
  node: unknown,
  more: { headers?: Record<string, string>; cookies?: readonly string[] } = {},
): Promise<Response> {
  const headers = new Headers(recognised.sessionHeaders)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-language', recognised.locale)
  headers.set('cache-control', recognised.actor ? 'no-store' : 'private, no-cache')
  headers.set('vary', 'Accept-Language, Cookie, Accept-Encoding')
  if (recognised.cookies.has(flashCookie))
    headers.append('set-cookie', cookie(flashCookie, '', { days: 0, secure: house.secure }))
  for (const [name, value] of Object.entries(more.headers ?? {})) headers.set(name, value)
  for (const value of more.cookies ?? []) headers.append('set-cookie', value)
  return new Response(showTurning(String(await node)), { status, headers })
}
