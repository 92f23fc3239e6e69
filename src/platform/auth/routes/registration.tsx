import { z } from 'zod'
import { everyone } from '../../access/permission.ts'
import type { Answer } from '../../http/answer.ts'
import { redirect } from '../../http/answer.ts'
import type { Door } from '../../http/door.ts'
import { m } from '../../i18n/speech.ts'
import type { FormState } from '../../ui/form.tsx'
import type { AuthContext } from '../context.ts'
import { type LinkKind, lookAtLink } from '../links.ts'
import { askForAccount, askForReset, evenly, finishRegistration, setPasswordByLink } from '../registration.ts'
import { ForgotPage, LetterSentPage, LinkGonePage, PasswordPage, RegisterPage } from '../views/registration-pages.tsx'
import { ownOnly, quietPage } from './answers.ts'

const reading = { permission: everyone, audit: ownOnly } as const
const Secret = z.object({ secret: z.string().max(100) })

/** `/register`, `/forgot`, and where the links of letters lead: `/register/{secret}`, `/reset/{secret}`, `/invitation/{secret}`. */
export function registrationRoutes(door: Door, auth: AuthContext): void {
  door.page('/register', reading, async ({ actor }) => (actor ? redirect('/account') : registerPage({})))
  door.form('/register', {
    command: askForAccount(auth),
    input: (fields, visit) => ({ ...fields, from: visit.request, started: performance.now() }),
    done: sent,
    again: async (typed, outcome) => registerPage({ typed, outcome }),
  })
  door.page('/forgot', reading, async () => forgotPage({}))
  door.form('/forgot', {
    command: askForReset(auth),
    input: (fields, visit) => ({ ...fields, from: visit.request, started: performance.now() }),
    done: sent,
    again: async (typed, outcome) => forgotPage({ typed, outcome }),
  })

  linkRoutes(door, auth, 'registration', '/register', finishRegistration(auth))
  linkRoutes(door, auth, 'reset', '/reset', setPasswordByLink(auth))
  linkRoutes(door, auth, 'invitation', '/invitation', setPasswordByLink(auth))
}

/** The page behind a link, and its form. Both say the same of a link that is used, old or invented. */
function linkRoutes(
  door: Door,
  auth: AuthContext,
  kind: LinkKind,
  path: string,
  command: ReturnType<typeof setPasswordByLink>,
): void {
  const show = async (secret: string, state: FormState): Promise<Answer> => {
    if (!(await lookAtLink(auth.pool, secret, [kind], auth.now()))) return linkGone(kind)
    const { title, lead } = words(kind)
    return quietPage(
      title,
      <PasswordPage state={state} action={`${path}/${secret}`} title={title} lead={lead} />,
      state.outcome,
    )
  }
  door.page(`${path}/{secret}`, { ...reading, params: Secret }, ({ params }) => show(params.secret, {}))
  door.form(`${path}/{secret}`, {
    command,
    params: Secret,
    input: (fields, visit) => ({ password: '', ...fields, secret: visit.params.secret, from: visit.request }),
    done: () => redirect('/sign-in', { kind: 'done', text: m.auth_password_is_set() }),
    again: (_typed, outcome, visit) => show(visit.params.secret, { outcome }),
  })
}

function words(kind: LinkKind): { title: string; lead: string } {
  if (kind === 'registration') return { title: m.auth_register_finish(), lead: m.auth_register_finish_lead() }
  if (kind === 'invitation') return { title: m.auth_invitation_title(), lead: m.auth_invitation_lead() }
  return { title: m.auth_reset_title(), lead: m.auth_reset_lead() }
}

function linkGone(kind: LinkKind): Answer {
  const answer = quietPage(
    m.auth_link_gone_title(),
    <LinkGonePage again={kind === 'registration' ? '/register' : '/forgot'} />,
  )
  return answer.is === 'page' ? { ...answer, status: 410 } : answer
}

async function sent({ started }: { started: number }): Promise<Answer> {
  await evenly(started)
  return quietPage(m.auth_sent_title(), <LetterSentPage />)
}

function registerPage(state: FormState): Answer {
  return quietPage(m.auth_register_title(), <RegisterPage state={state} />, state.outcome)
}

function forgotPage(state: FormState): Answer {
  return quietPage(m.auth_forgot_title(), <ForgotPage state={state} />, state.outcome)
}
