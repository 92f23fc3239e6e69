import { z } from 'zod'
import { signedIn } from '../access/permission.ts'
import { m } from '../i18n/speech.ts'
import { ButtonLink } from '../ui/buttons.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type Answer, page } from './answer.ts'
import type { House } from './app.ts'
import { cookie, readCookies } from './cookies.ts'
import type { Door, Route } from './door.ts'
import type { Fields } from './form-fields.ts'
import { keepForm, keptCookie, keptLimit, keptMinutes, keptPath, openKeptForm } from './kept-form.ts'
import { secondsToWait } from './limit-gate.ts'
import type { Recognised } from './recognise.ts'
import { renderAnswer } from './render.tsx'
import type { Visit } from './visit.ts'
import { visitOf } from './visit-of.ts'

type Form = Extract<Route, { kind: 'form' }>

/**
 * Answers a form of somebody whose session has ended, or never was: the page to sign in, after which the form is there again with all
 * that was typed. Files are not kept: they have to be chosen again.
 * @returns undefined where nothing may or can be kept
 */
export async function keepAndAskToSignIn(
  house: House,
  route: Form,
  recognised: Recognised,
  params: Record<string, string>,
  fields: Fields,
): Promise<Response | undefined> {
  const { askToSignIn } = house.authentication
  if (!askToSignIn || route.form.kept === false) return undefined
  if ((await secondsToWait(house, keptLimit, recognised)) !== undefined) return undefined
  const kept = await keepForm(house.database, house.secret, {
    route: route.address,
    params,
    address: recognised.url.pathname + recognised.url.search,
    fields,
  })
  if (!kept) return undefined
  const path = keptPath + kept.id
  const answer = await askToSignIn(path)
  const own = cookie(keptCookie, kept.key, { days: keptMinutes / 1440, path, secure: house.secure })
  return renderAnswer(
    house,
    recognised,
    answer.is === 'page' ? { ...answer, status: 403, cookies: [...(answer.cookies ?? []), own] } : answer,
  )
}

/** `/kept/{id}`: the form again, for who has signed in, with everything that was typed before. */
export function keptFormRoutes(door: Door, house: House): void {
  door.page(
    `${keptPath}{id}`,
    {
      permission: signedIn,
      audit: { none: 'what somebody typed themselves, shown to them; the form records its own reading' },
      params: z.object({ id: z.uuid() }),
    },
    (visit) => showKept(house, visit, visit.params.id),
  )
}

async function showKept(house: House, visit: Visit, id: string): Promise<Answer> {
  const { actor, request } = visit
  if (!actor) return { is: 'forbidden' }
  const key = readCookies(request.headers.get('cookie')).get(keptCookie)
  const kept = await openKeptForm(house.database, house.secret, actor.account, { id, key })
  const route = house.door.routes.find((one): one is Form => one.kind === 'form' && one.address === kept?.route)
  if (!kept || !route) return page(m.kept_gone_title(), <KeptGone />, { status: 410 })
  const again = visitOf(
    house,
    { ...visit, url: new URL(kept.address, request.url) },
    { params: route.form.params?.parse(kept.params) ?? kept.params, query: {} },
    route.form.command.audit,
  )
  // what was typed still bears its sender's key: sent twice, it is done once
  return route.form.again(new Map(kept.fields), { is: 'late', message: m.kept_here() }, again)
}

function KeptGone() {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.kept_gone_title()} lead={m.kept_gone_lead()} />
      <p>
        <ButtonLink href="/">{m.page_to_front()}</ButtonLink>
      </p>
    </div>
  )
}
