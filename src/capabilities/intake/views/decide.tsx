import type { Child } from 'hono/jsx'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { TaskList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { NamedService } from '../../directory/contract.ts'
import type { Hindrance, Standing } from '../rules/decision.ts'
import { refusalOf } from '../rules/refusal.ts'
import type { DecisionOutcome, FollowUp, IntakeProcedure } from '../types.ts'
import { AcceptForm, RedirectForm, RefuseForm, unreachedWords } from './decide-forms.tsx'
import { requestHref } from './desk-words.tsx'
import { titleOf } from './request.tsx'
import type { Trouble } from './request-forms.tsx'
import { Clocks, zoneOf } from './request-parts.tsx'
import type { SeenRequest } from './seen-request.ts'

/** All on which a decision rests, as the page shows it. */
export interface Deciding {
  standing: Standing
  outcomes: readonly DecisionOutcome[]
  hindrances: readonly Hindrance[]
  follows: readonly FollowUp[]
  /** decisions of bodies with which it can be accepted (INT-6) */
  agreements: readonly { id: string; number: string; decidedOn: string }[]
  /** under which the bodies decide */
  matter: string | undefined
  bodies: readonly { slug: string; names: Text; mayEnter: boolean }[]
  /** other services: those that were looked for, then those for the same situations */
  others: readonly NamedService[]
  appeal: IntakeProcedure['appeal']
  today: string
}

export interface DecideProps {
  seen: SeenRequest
  deciding: Deciding
  find: string | undefined
  trouble: Trouble | undefined
}

/** Deciding: first what can be decided at all and why the rest cannot, then the one form that was chosen. */
export function DecidePage({
  seen,
  deciding,
  outcome,
  find,
  trouble,
}: Omit<DecideProps, 'deciding'> & { deciding: Deciding | undefined; outcome: DecisionOutcome | undefined }) {
  const { request, service } = seen
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: requestHref(request.id), label: m.intake_decide_back() }}
        title={m.intake_decide_title({ who: titleOf(seen) })}
        lead={service ? <Words of={speak(service.card.names, currentLocale(), [service.card.writtenIn])} /> : undefined}
        facts={request.reference}
      />
      {deciding ? (
        <Choices seen={seen} deciding={deciding} outcome={outcome} find={find} trouble={trouble} />
      ) : (
        <Note heading={m.intake_decide_service_first()}>
          <p>{m.intake_decide_no_service_text()}</p>
          <p>
            <a href={`${requestHref(request.id)}#service`}>{m.intake_request_service()}</a>
          </p>
        </Note>
      )}
      <Clocks seen={seen} />
    </div>
  )
}

const names: Readonly<Record<DecisionOutcome, () => string>> = {
  accepted: m.intake_decide_accepted,
  refused: m.intake_decide_refused,
  redirected: m.intake_decide_redirected,
}
const hints: Readonly<Record<DecisionOutcome, () => string>> = {
  accepted: m.intake_decide_accepted_hint,
  refused: m.intake_decide_refused_hint,
  redirected: m.intake_decide_redirected_hint,
}

function Choices(props: DecideProps & { outcome: DecisionOutcome | undefined }) {
  const { seen, deciding, outcome, trouble } = props
  const base = `${requestHref(seen.request.id)}/decide`
  // what was typed stays, also where it can no longer be done
  const shown = outcome && (deciding.outcomes.includes(outcome) || trouble?.form === 'decide') ? outcome : undefined
  const barred = (['accepted', 'refused'] as const).filter((one) => !deciding.outcomes.includes(one))
  return (
    <>
      {shown ? (
        <Section id="decision" heading={names[shown]()}>
          <p class="ln-quiet">{hints[shown]()}</p>
          {shown === 'accepted' ? <AcceptForm {...props} /> : null}
          {shown === 'refused' ? <RefuseForm {...props} /> : null}
          {shown === 'redirected' ? <RedirectForm {...props} /> : null}
        </Section>
      ) : null}
      <Section id="outcomes" heading={m.intake_decide_choose()} size={shown ? 'sm' : 'md'}>
        <TaskList
          items={deciding.outcomes
            .filter((one) => one !== shown)
            .map((one) => ({ href: `${base}?outcome=${one}`, label: names[one](), note: hints[one]() }))}
        />
      </Section>
      {barred.length > 0 ? (
        <Section id="barred" heading={m.intake_decide_cannot()} size="sm">
          <ul class="ln-plain ln-stack" data-gap="4">
            {barred.map((one) => (
              <li>
                <strong>{names[one]()}</strong>
                {one === 'accepted' ? <WhyNotAccepted {...props} /> : <WhyNotRefused {...props} />}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}

function WhyNotAccepted(props: DecideProps) {
  const { seen, deciding } = props
  return (
    <div class="ln-stack" data-gap="3">
      {deciding.hindrances.includes('papers') ? (
        <p>
          <Status mark="ask">{m.intake_decide_why_papers()}</Status>{' '}
          <a href={`${requestHref(seen.request.id)}#papers`}>{m.intake_decide_to_papers()}</a>
        </p>
      ) : null}
      {deciding.hindrances.includes('body') ? (
        <>
          <p>
            <Status mark="ask">{m.intake_decide_why_body()}</Status>
          </p>
          <BodyPart {...props} />
        </>
      ) : null}
    </div>
  )
}

function WhyNotRefused({ seen, deciding }: DecideProps) {
  const zone = zoneOf(seen)
  const why = refusalOf(deciding.standing, seen.now).unreached
  return (
    <div>
      {why.map((one) => (
        <p>
          <Status mark="ask">{unreachedWords(one, deciding.standing, zone)}</Status>
        </p>
      ))}
    </div>
  )
}

function BodyPart(props: DecideProps): Child {
  const { deciding, seen } = props
  const open = deciding.bodies.filter(({ mayEnter }) => mayEnter)
  const base = `${requestHref(seen.request.id)}/body`
  return (
    <>
      {open.length > 0 ? (
        <p>
          <ButtonLink href={base} variant="secondary">
            {m.intake_decide_to_body()}
          </ButtonLink>
        </p>
      ) : (
        deciding.bodies.map(({ names }) => (
          <p class="ln-quiet">{m.intake_decide_body_ask({ body: speak(names, currentLocale()).words })}</p>
        ))
      )}
    </>
  )
}
