import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Premises } from '../../../platform/capability.ts'
import { type Answer, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { publicServiceBySlug, type ServiceDetails, serviceById } from '../../directory/contract.ts'
import { startRequest } from '../commands/start-request.ts'
import { LinkToken } from '../link.ts'
import { mayAsk } from '../permissions.ts'
import { courseOf } from '../store/procedure.ts'
import { AskElsewherePage, AskPage } from '../views/ask-start.tsx'
import { quietly } from './entrance.tsx'

const askQuery = z.object({ service: z.string().max(160).optional() })

/** `/ask`: for whom somebody asks for help; and the beginning of a draft, under the link that the page brings along (INT-1). */
export function askRoutes(door: Door, _house: Premises): void {
  door.page(
    '/ask',
    { permission: mayAsk, audit: { none: 'a public form without anything in it' }, query: askQuery },
    async (visit) => {
      const { service: slug } = visit.query
      if (!slug) return showAsk(visit, undefined, {})
      const service = await visit.read((tx) => publicServiceBySlug(tx, slug))
      return service ? showAsk(visit, service, {}) : { is: 'notFound' }
    },
  )

  door.page('/r/{token}/begin', { permission: mayAsk, audit: { none: 'leads to the page beside it' } }, async () =>
    redirect('/ask'),
  )
  door.form('/r/{token}/begin', {
    command: startRequest,
    params: z.object({ token: LinkToken }),
    input: (fields, visit) => {
      const kind = fields.for === 'notice' ? 'notice' : fields.for === 'other' ? 'referral' : 'application'
      return {
        token: visit.params.token,
        pack: fields.pack,
        service: fields.service,
        kind,
        forMyself: kind === 'application',
      }
    },
    done: (_started, visit) => redirect(`/r/${visit.params.token}/what`),
    again: async (typed, outcome, visit) => {
      const id = z.uuid().safeParse(typed.get('service')?.[0])
      const service = id.success ? await visit.read((tx) => serviceById(tx, id.data)) : undefined
      return showAsk(visit, service, { typed, outcome })
    },
  })
}

async function showAsk(visit: Visit, service: ServiceDetails | undefined, state: FormState): Promise<Answer> {
  const pack = service?.pack ?? visit.region?.id
  const region = visit.regions.find(({ id }) => id === pack) ?? visit.region
  const course = pack ? await visit.read((tx) => courseOf(tx, pack)) : undefined
  const about = region ? { region: region.id } : {}
  const gone = service !== undefined && service.status !== 'active'
  if (!pack || !course || gone)
    return quietly(m.intake_ask_title(), <AskElsewherePage gone={gone} region={region} />, about)
  return quietly(
    m.intake_ask_title(),
    <AskPage
      service={
        service && {
          id: service.id,
          slug: service.slug,
          name: speak(service.card.names, visit.locale, [service.card.writtenIn]),
        }
      }
      region={region}
      pack={pack}
      token={randomBytes(32).toString('base64url')}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    about,
  )
}
