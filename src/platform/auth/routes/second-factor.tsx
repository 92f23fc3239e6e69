import QRCode from 'qrcode'
import { z } from 'zod'
import { needsSecondFactor } from '../../access/actor.ts'
import type { Answer } from '../../http/answer.ts'
import { redirect } from '../../http/answer.ts'
import type { Door } from '../../http/door.ts'
import { ownPath } from '../../http/same-origin.ts'
import type { Visit } from '../../http/visit.ts'
import { m } from '../../i18n/speech.ts'
import type { FormState } from '../../ui/form.tsx'
import { type AuthContext, recordRefusal, showsDemo } from '../context.ts'
import { hasPassword, inOwnSession } from '../own-account.ts'
import { beginSecondFactor, isDemo, removeSecondFactor, renewRecoveryCodes, showSecondFactor } from '../own-factors.ts'
import { readSecondFactor, totpAddress, totpCode } from '../second-factor.ts'
import {
  BeginFactorPage,
  ManageFactorPage,
  RecoveryCodesPage,
  ScanPage,
  ShowFactorPage,
} from '../views/second-factor-pages.tsx'
import { ownOnly, quietPage } from './answers.ts'

const Query = z.object({ back: z.string().max(2000).optional() })
type States = { show?: FormState; begin?: FormState; renew?: FormState; remove?: FormState }

/** `/account/second-factor`: one address, which shows the next step for this person. */
export function secondFactorRoutes(door: Door, auth: AuthContext): void {
  const address = '/account/second-factor'
  door.page(address, { permission: inOwnSession, audit: ownOnly, query: Query }, (visit) =>
    factorPage(auth, visit, visit.query.back, {}),
  )
  door.form(address, {
    command: showSecondFactor(auth),
    kept: false,
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: ({ codes, cookies, back }) => {
      const to = ownPath(back)
      if (codes.length === 0) return { is: 'redirect', to, cookies }
      return quietPage(m.auth_recovery_title(), <RecoveryCodesPage codes={codes} back={to} />, undefined, cookies)
    },
    again: (typed, outcome, visit) => factorPage(auth, visit, typed.get('back')?.[0], { show: { outcome } }),
  })
  door.form(`${address}/begin`, {
    command: beginSecondFactor(auth),
    kept: false,
    input: (fields, visit) => ({ password: fields.password, from: visit.request, back: fields.back }),
    done: ({ back }) => redirect(`${address}?back=${encodeURIComponent(ownPath(back))}`),
    again: (typed, outcome, visit) => factorPage(auth, visit, typed.get('back')?.[0], { begin: { outcome } }),
  })
  door.form(`${address}/codes`, {
    command: renewRecoveryCodes(auth),
    kept: false,
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: ({ codes }) => quietPage(m.auth_recovery_title(), <RecoveryCodesPage codes={codes} back="/account" />),
    again: (_typed, outcome, visit) => factorPage(auth, visit, undefined, { renew: { outcome } }),
  })
  door.form(`${address}/remove`, {
    command: removeSecondFactor(auth),
    kept: false,
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: () => redirect('/account', { kind: 'done', text: m.auth_factor_removed() }),
    again: (_typed, outcome, visit) => factorPage(auth, visit, undefined, { remove: { outcome } }),
  })
}

async function factorPage(auth: AuthContext, visit: Visit, asked: string | undefined, states: States): Promise<Answer> {
  const { actor } = visit
  if (!actor) return { is: 'forbidden' }
  const back = asked ? ownPath(asked) : '/account'
  const demanded = needsSecondFactor(actor)
  const [factor, password] = await Promise.all([
    readSecondFactor(auth.pool, actor.account, auth.secret),
    hasPassword(auth, actor.account),
  ])
  const outcome = Object.values(states)[0]?.outcome
  if (outcome) await recordRefusal(auth, 'access.factor.show', outcome, actor.account)
  if (!factor)
    return quietPage(
      m.auth_factor_title(),
      <BeginFactorPage state={states.begin ?? {}} back={back} demanded={demanded} hasPassword={password} />,
      outcome,
    )
  if (!factor.verified) {
    const address = totpAddress(factor.secret, actor.email, new URL(auth.config.url).hostname)
    const picture = await QRCode.toString(address, { type: 'svg', margin: 2, width: 220 })
    return quietPage(
      m.auth_factor_set_up(),
      <ScanPage state={states.show ?? {}} back={back} secret={factor.secret} address={address} picture={picture} />,
      outcome,
    )
  }
  if (!actor.secondFactor) {
    const demoCode = showsDemo(auth) && (await isDemo(auth, actor.account)) ? await totpCode(factor.secret) : undefined
    return quietPage(
      m.auth_code_title(),
      <ShowFactorPage state={states.show ?? {}} back={back} demanded={demanded} demoCode={demoCode} />,
      outcome,
    )
  }
  return quietPage(
    m.auth_factor_title(),
    <ManageFactorPage states={states} hasPassword={password} demanded={demanded} />,
    outcome,
  )
}
