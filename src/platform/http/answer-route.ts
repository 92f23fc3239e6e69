import type { z } from 'zod'
import type { Command } from '../access/command.ts'
import { fieldErrors } from '../access/field-errors.ts'
import type { FieldError } from '../access/outcome.ts'
import { identityOf, perform } from '../access/perform.ts'
import type { Permission } from '../access/permission.ts'
import { recordEvent } from '../audit/record.ts'
import { m } from '../i18n/speech.ts'
import { statusOf } from './answer.ts'
import type { House } from './app.ts'
import type { Arrivals } from './arrivals.ts'
import { TooLarge } from './body.ts'
import { BadText, cleanValue } from './clean.ts'
import type { Audited, Route } from './door.ts'
import { flashCookie } from './flash.ts'
import { type Fields, nestFields, readUrlencoded } from './form-fields.ts'
import { json, readJson } from './json.ts'
import { keepAndAskToSignIn } from './kept-form-pages.tsx'
import { refuseTooOften, secondsToWait, waitInWords } from './limit-gate.ts'
import { BrokenForm } from './multipart.ts'
import type { PageCache } from './page-cache.ts'
import { problem, problemOf } from './problem.ts'
import { type Sent, withForm } from './read-form.ts'
import { nameOfRendering, type Recognised } from './recognise.ts'
import { renderAnswer, renderProblem } from './render.tsx'
import { isSameOrigin } from './same-origin.ts'
import type { Visit } from './visit.ts'
import { visitOf } from './visit-of.ts'
import { wantsJson } from './wants-json.ts'

/** The house while it is open to visitors. */
export type OpenDoors = House & { pages: PageCache; arrivals: Arrivals }

/** Answers one route. @throws only what nobody could expect; all else becomes a page or a problem. */
export async function answerRoute(
  house: OpenDoors,
  route: Route,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const visitor = withoutToken(recognised)
  try {
    switch (route.kind) {
      case 'page':
        return await answerPage(house, route, visitor, rawParams)
      case 'form':
        return await answerForm(house, route, visitor, rawParams)
      case 'resource':
        return await answerResource(house, route, recognised, rawParams)
      case 'command':
        return await answerCommand(house, route, recognised, rawParams)
      case 'raw':
        return await answerRaw(house, route, visitor, rawParams)
    }
  } catch (error) {
    const refused = refuseUnread(house, recognised, error)
    if (!refused) throw error
    const response = await refused
    // what was not read of the request would be taken for the next one
    response.headers.set('connection', 'close')
    return response
  }
}

/** The answer to a body that cannot be read, or not to its end; undefined where that is not what happened. */
function refuseUnread(house: House, recognised: Recognised, error: unknown): Promise<Response> | undefined {
  if (error instanceof BadText)
    return refuseBad(house, recognised, [{ path: error.path, message: badTextMessage(error) }])
  if (error instanceof TooLarge)
    return refuse(house, recognised, 413, [
      { path: '', message: m.form_body_too_large({ megabytes: Math.ceil(error.limit / 1_000_000) }) },
    ])
  if (!(error instanceof BrokenForm)) return undefined
  const message = error.reason === 'broken' ? m.form_broken() : m.form_too_many_fields()
  return refuseBad(house, recognised, [{ path: '', message }])
}

/** A token opens what its scopes name, and only resources and commands of the API have scopes: elsewhere its holder is nobody. */
function withoutToken(recognised: Recognised): Recognised {
  return recognised.actor?.scopes ? { ...recognised, actor: null } : recognised
}

function badTextMessage(error: BadText): string {
  if (error.reason === 'encoding') return m.form_bad_encoding()
  return error.reason === 'nul' ? m.form_bad_nul() : m.form_bad_surrogate()
}

type Checked = { params: unknown; query: unknown } | { errors: FieldError[] }

function check(
  schemas: { params?: z.ZodType | undefined; query?: z.ZodType | undefined },
  recognised: Recognised,
  rawParams: Record<string, string>,
): Checked {
  const errors: FieldError[] = []
  const params = schemas.params?.safeParse(cleanValue('', rawParams))
  if (params && !params.success) errors.push(...fieldErrors(params.error))
  const query = schemas.query?.safeParse(queryObject(recognised.url))
  if (query && !query.success) errors.push(...fieldErrors(query.error))
  return errors.length > 0 ? { errors } : { params: params?.data ?? rawParams, query: query?.data ?? {} }
}

/** A name that comes more than once becomes a list; an empty value counts as not given. */
function queryObject(url: URL): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {}
  for (const [name, values] of readUrlencoded(new TextEncoder().encode(url.search.slice(1)))) {
    const given = values.filter((value) => value !== '')
    if (given.length === 1) object[name] = given[0] ?? ''
    else if (given.length > 1) object[name] = given
  }
  return object
}

async function answerPage(
  house: OpenDoors,
  route: Extract<Route, { kind: 'page' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const mayKeep = route.keepSeconds > 0 && typeof route.guard.audit !== 'string'
  const shared = mayKeep && !recognised.actor && !recognised.sessionHeaders && !recognised.cookies.has(flashCookie)
  if (!shared) return renderPage(house, route, recognised, rawParams)
  return house.pages.answer(nameOfRendering(recognised), route.keepSeconds, recognised.request, () =>
    renderPage(house, route, recognised, rawParams),
  )
}

async function renderPage(
  house: House,
  route: Extract<Route, { kind: 'page' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const seconds = await secondsToWait(house, route.guard.limit, recognised)
  if (seconds !== undefined) return refuseTooOften(house, recognised, seconds)
  const checked = check(route, recognised, rawParams)
  if ('errors' in checked) return refuseBad(house, recognised, checked.errors)
  const visit = visitOf(house, recognised, checked, route.guard.audit)
  if (!route.guard.permission.may(recognised.actor, visit))
    return refuseAccess(house, route, route.guard.audit, recognised)
  const answer = await route.show(visit)
  if (answer.is === 'forbidden') return refuseAccess(house, route, route.guard.audit, recognised)
  return renderAnswer(house, recognised, answer)
}

async function answerRaw(
  house: House,
  route: Extract<Route, { kind: 'raw' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const seconds = await secondsToWait(house, route.guard.limit, recognised)
  if (seconds !== undefined) return refuseTooOften(house, recognised, seconds)
  const visit = visitOf(house, recognised, { params: cleanValue('', rawParams), query: {} }, route.guard.audit)
  if (!route.guard.permission.may(recognised.actor, visit))
    return refuseAccess(house, route, route.guard.audit, recognised)
  return route.answer(visit)
}

async function answerForm(
  house: OpenDoors,
  route: Extract<Route, { kind: 'form' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  if (!isSameOrigin(recognised.request, new URL(house.config.url).origin))
    return refuse(house, recognised, 403, [{ path: '', message: m.problem_other_site() }])
  const checked = check({ params: route.form.params }, recognised, rawParams)
  if ('errors' in checked) return refuseBad(house, recognised, checked.errors)
  const seconds = await secondsToWait(house, route.form.command.limit, recognised)
  const visit = visitOf(house, recognised, checked, route.form.command.audit)
  // beyond the limit no file is received; what was typed comes back with the words when to send it
  const mayBring = () => seconds === undefined && admits(route, visit)
  return withForm(house, recognised, { uploads: route.form.uploads, admits: mayBring }, (sent) =>
    seconds === undefined
      ? answerSent(house, route, recognised, rawParams, visit, sent)
      : answerTooOften(house, route, recognised, { fields: sent.fields, visit, seconds }),
  )
}

/** May files of this sender be received, before the command has judged what was typed? */
function admits(route: Extract<Route, { kind: 'form' }>, visit: Visit): boolean | Promise<boolean> {
  const { command } = route.form
  if (route.form.admits) return route.form.admits(visit)
  return visit.actor !== null || command.purpose !== undefined || mayAnybody(command.permission)
}

async function answerSent(
  house: OpenDoors,
  route: Extract<Route, { kind: 'form' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
  visit: Visit,
  { fields, uploads }: Sent,
): Promise<Response> {
  const key = fields.get('_key')?.[0]
  const given = route.form.input(nestFields(fields), visit, uploads)
  const outcome = await perform(route.form.command, given, {
    database: house.database,
    actor: recognised.actor,
    locale: recognised.locale,
    origin: 'page',
    idempotencyKey: key,
  })
  if (outcome.is === 'ok') {
    house.pages.clear()
    return renderAnswer(house, recognised, await route.form.done(outcome.value, visit))
  }
  // what was typed is judged before the permission: a form that nobody may see is not shown again to nobody in particular
  if (!recognised.actor && !mayAnybody(route.form.command.permission) && !comesOnErrand(route.form.command, given)) {
    const asked = comesWithToken(recognised)
      ? undefined
      : await keepAndAskToSignIn(house, route, recognised, rawParams, fields)
    if (!asked) return refuseAccess(house, route, route.form.command.audit, recognised)
    // a command that was refused for want of a permission has recorded it itself
    if (outcome.is !== 'forbidden') await recordRefusal(house, route, route.form.command.audit, recognised)
    return asked
  }
  if (outcome.is === 'forbidden' || outcome.is === 'notFound')
    return refuse(house, recognised, statusOf[outcome.is], [])
  const answer = await route.form.again(fields, outcome, visit)
  return renderAnswer(
    house,
    recognised,
    answer.is === 'page' ? { status: statusOf[outcome.is] === 422 ? 422 : 409, ...answer } : answer,
  )
}

/** The form again, with what was typed and the words when to send it. */
async function answerTooOften(
  house: House,
  route: Extract<Route, { kind: 'form' }>,
  recognised: Recognised,
  { fields, visit, seconds }: { fields: Fields; visit: Visit; seconds: number },
): Promise<Response> {
  const { command, input } = route.form
  const isOpen = mayAnybody(command.permission) || comesOnErrand(command, input(nestFields(fields), visit, []))
  if (!isOpen) return refuseTooOften(house, recognised, seconds)
  const answer = await route.form.again(fields, { is: 'late', message: waitInWords(seconds) }, visit)
  if (answer.is !== 'page') return refuseTooOften(house, recognised, seconds)
  const headers = { ...answer.headers, 'retry-after': String(seconds) }
  return renderAnswer(house, recognised, { ...answer, status: 429, headers })
}

/** Was this sent on the errand of a link, so that its holder sees the form again without an account? */
function comesOnErrand({ purpose }: Command<z.ZodType, unknown, unknown>, given: unknown): boolean {
  return typeof purpose === 'function' ? purpose(given) !== undefined : purpose !== undefined
}

/** Does the permission hold whoever asks and whatever it is about? */
function mayAnybody(permission: Permission<unknown>): boolean {
  try {
    return permission.may(null, {})
  } catch {
    return false
  }
}

async function answerResource(
  house: House,
  route: Extract<Route, { kind: 'resource' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const seconds = await secondsToWait(house, route.route.limit, recognised)
  if (seconds !== undefined) return refuseTooOften(house, recognised, seconds)
  const checked = check(route.route, recognised, rawParams)
  if ('errors' in checked) return refuseBad(house, recognised, checked.errors)
  if (lacksScope(recognised, route.route.scope)) {
    await recordRefusal(house, route, route.route.audit, recognised)
    return problem(403, m.problem_scope({ scope: route.route.scope ?? '' }))
  }
  const visit = visitOf(house, recognised, checked, route.route.audit)
  if (!route.route.permission.may(recognised.actor, visit))
    return refuseAccess(house, route, route.route.audit, recognised)
  const resource = await route.read(visit)
  if (resource.is === 'notFound') return problem(404, m.problem_not_found())
  if (resource.is === 'bad')
    return problem(400, m.problem_bad_request(), { errors: [{ path: resource.path, message: resource.message }] })
  return json(resource.value, 200, resource.version, recognised)
}

async function answerCommand(
  house: OpenDoors,
  route: Extract<Route, { kind: 'command' }>,
  recognised: Recognised,
  rawParams: Record<string, string>,
): Promise<Response> {
  const declared = route.route
  const checked = check(declared, recognised, rawParams)
  if ('errors' in checked) return refuseBad(house, recognised, checked.errors)
  if (!recognised.actor?.scopes && !isSameOrigin(recognised.request, new URL(house.config.url).origin))
    return problem(403, m.problem_other_site())
  const seconds = await secondsToWait(house, declared.command.limit, recognised)
  if (seconds !== undefined) return refuseTooOften(house, recognised, seconds)
  if (lacksScope(recognised, declared.scope)) {
    await recordRefusal(house, route, declared.command.audit, recognised)
    return problem(403, m.problem_scope({ scope: declared.scope }))
  }
  const body = await readJson(recognised.request)
  if ('error' in body) return problem(400, m.problem_bad_request(), { errors: [body.error] })
  const match = recognised.request.headers.get('if-match')
  const version = match ? Number(/^(?:W\/)?"(\d+)(?:-[\w-]{16})?"$/.exec(match)?.[1] ?? Number.NaN) : undefined
  if (Number.isNaN(version))
    return problem(400, m.problem_bad_request(), { errors: [{ path: 'If-Match', message: m.form_format() }] })
  const params = checked.params as Record<string, unknown>
  const input = declared.input
    ? declared.input(body.value, checked.params, version)
    : { ...(body.value as object), ...params, ...(version === undefined ? {} : { version }) }
  const outcome = await perform(declared.command, input, {
    database: house.database,
    actor: recognised.actor,
    locale: recognised.locale,
    origin: 'api',
    idempotencyKey: recognised.request.headers.get('idempotency-key') ?? undefined,
  })
  if (outcome.is === 'ok') house.pages.clear()
  if (outcome.is === 'ok') return json(outcome.value ?? {}, declared.status ?? 200, undefined, recognised)
  if (outcome.is === 'forbidden' && !recognised.actor)
    return problem(401, m.problem_sign_in(), {}, { 'www-authenticate': 'Bearer' })
  return problemOf(outcome)
}

/** A session may all that its person may; a token only what its scopes name. */
function lacksScope(recognised: Recognised, scope: string | undefined): boolean {
  return !!scope && !!recognised.actor?.scopes && !recognised.actor.scopes.includes(scope)
}

/** Every refusal of somebody who has signed in is recorded, also of pages whose reading is not: who tries doors is worth knowing. */
async function recordRefusal(house: House, route: Route, audit: Audited, recognised: Recognised): Promise<void> {
  if (typeof audit !== 'string' && !recognised.actor) return
  await house.database.transact(identityOf(recognised.actor, recognised.locale), async (tx) => {
    recordEvent(tx, {
      act: typeof audit === 'string' ? audit : 'access.page.open',
      actor: recognised.actor?.account ?? null,
      origin: wantsJson(recognised.request) ? 'api' : 'page',
      outcome: 'refused',
      about: { kind: 'address', id: route.address },
    })
  })
}

async function refuseAccess(house: House, route: Route, audit: Audited, recognised: Recognised): Promise<Response> {
  await recordRefusal(house, route, audit, recognised)
  if (!recognised.actor && wantsJson(recognised.request))
    return problem(401, m.problem_sign_in(), {}, { 'www-authenticate': 'Bearer' })
  if (!recognised.actor && !comesWithToken(recognised))
    return renderAnswer(house, recognised, {
      is: 'redirect',
      to: `/sign-in?back=${encodeURIComponent(recognised.url.pathname + recognised.url.search)}`,
    })
  return refuse(house, recognised, 403, [])
}

/** Who comes with a token is a program, which no sign-in page helps. */
function comesWithToken(recognised: Recognised): boolean {
  return /^bearer /i.test(recognised.request.headers.get('authorization') ?? '')
}

function refuseBad(house: House, recognised: Recognised, errors: FieldError[]): Promise<Response> {
  return refuse(house, recognised, 400, errors)
}

async function refuse(
  house: House,
  recognised: Recognised,
  status: 400 | 403 | 404 | 413,
  errors: FieldError[],
): Promise<Response> {
  if (!wantsJson(recognised.request)) return renderProblem(house, recognised, status, { errors })
  const titles = {
    400: m.problem_bad_request,
    403: m.problem_forbidden,
    404: m.problem_not_found,
    413: m.problem_too_large,
  }
  return problem(status, titles[status](), errors.length > 0 ? { errors } : {})
}
