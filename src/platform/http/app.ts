import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Actor } from '../access/actor.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { Files } from '../files/files.ts'
import { inLocale, m } from '../i18n/speech.ts'
import type { Locale } from '../i18n/text.ts'
import type { Log } from '../log/log.ts'
import type { Region } from '../packs/regions.ts'
import type { Link } from '../ui/frame.ts'
import type { Answer } from './answer.ts'
import { answerRoute } from './answer-route.ts'
import { Arrivals } from './arrivals.ts'
import { serveAsset } from './assets.ts'
import type { Door } from './door.ts'
import { securityHeaders } from './headers.ts'
import { isFinished, PageCache } from './page-cache.ts'
import { notePeer } from './peer.ts'
import { problem } from './problem.ts'
import { nameOfRendering, type Recognised, recognise, recogniseStranger } from './recognise.ts'
import { renderProblem } from './render.tsx'
import { wantsJson } from './wants-json.ts'

/** Finds out who is asking; `headers` carry renewed cookies back. */
export interface Authentication {
  actorOf(request: Request): Promise<{ actor: Actor | null; headers?: Headers | undefined }>
  /** the page to sign in, for somebody whose form waits at `back` until they have; absent where nobody can sign in by a page */
  askToSignIn?(back: string): Promise<Answer>
}

/** Links of the sidebar that stand under one heading. */
export interface MenuGroup {
  heading: string
  links: Link[]
}

/** What a capability adds to the menus; it decides by the actor what is in them. */
export interface Menu {
  public(recognised: Recognised): Link[]
  work(recognised: Recognised): MenuGroup | MenuGroup[] | undefined
}

/** Everything the web server stands on. */
export interface House {
  config: Config
  database: Database
  files: Files
  door: Door
  authentication: Authentication
  menus: readonly Menu[]
  regions(): readonly Region[]
  log: Log
  /** signs what this program gives out and takes back */
  secret: string
  /** reached over TLS */
  secure: boolean
  now(): Date
}

/** Builds the web server from the routes that stand in the door. */
export function webServer(house: House): Hono {
  const app = new Hono()
  const headers = Object.entries(securityHeaders(house.secure))
  const pages = new PageCache(headers)
  const arrivals = new Arrivals()

  const pack = compress()
  app.use(async (context, next) => {
    await next()
    if (isFinished(context.res)) return
    for (const [name, value] of headers) if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    await pack(context, async () => {})
  })
  app.get('/assets/:file', (context) => serveAsset(context.req.param('file')))

  for (const route of house.door.routes) {
    const address = route.address.replaceAll(/\{(\w+)\}/g, ':$1')
    const method =
      route.kind === 'form'
        ? 'post'
        : route.kind === 'command'
          ? route.route.method
          : route.kind === 'raw'
            ? route.method
            : 'get'
    app.on(method.toUpperCase(), address, async (context) => {
      // Limits per network address (signing in, codes, letters) read it; without it they count nothing.
      const { incoming }: { incoming?: { socket?: { remoteAddress?: string } } } = context.env ?? {}
      notePeer(context.req.raw, incoming?.socket?.remoteAddress)
      const recognised = await recognise(house, context.req.raw)
      return inLocale(recognised.locale, () =>
        answerRoute({ ...house, pages, arrivals }, route, recognised, context.req.param() as Record<string, string>),
      )
    })
  }

  app.notFound(async (context) => {
    const recognised = await recognise(house, context.req.raw)
    return inLocale(recognised.locale, () =>
      wantsJson(context.req.raw) ? problem(404, m.problem_not_found()) : renderProblem(house, recognised, 404),
    )
  })
  app.onError(async (error, context) => {
    const id = crypto.randomUUID()
    house.log.error({ id, err: error, method: context.req.method, route: context.req.routePath }, 'request failed')
    if (wantsJson(context.req.raw)) return problem(500, 'Something went wrong on our side', { id })
    const recognised = await recognise(house, context.req.raw).catch((): Recognised | undefined => undefined)
    if (!recognised) return problem(503, 'The database does not answer', { id })
    return inLocale(recognised.locale, () => renderProblem(house, recognised, 500, { id }))
  })

  // The short way, before routes are looked for: most visitors read a public page that somebody has just read, and bring no name.
  const longWay = app.fetch
  app.fetch = (request, ...more) => {
    const looks = request.method === 'GET' ? recogniseStranger(house, request) : undefined
    return (looks && pages.ready(nameOfRendering(looks), request)) ?? longWay(request, ...more)
  }
  return app
}

export type { Locale }
