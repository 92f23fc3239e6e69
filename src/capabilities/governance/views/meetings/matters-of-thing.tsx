import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Section } from '../../../../platform/ui/page-head.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { SourceThing } from '../../types/matters.ts'
import { MatterStatus } from './matter-words.tsx'
import { bodyName } from './meeting-words.tsx'

export interface MattersOfThingProps {
  thing: SourceThing
  /** matters of the thing on which nothing is decided yet */
  matters: readonly StoredMatter[]
  /** bodies before which it may be brought, with what they would decide */
  bodies: readonly StoredBody[]
  action: string
  /** what a new matter begins with */
  title: string
  lead: string
  state: FormState
  idempotencyKey: string
}

/**
 * How a thing comes to its decision: as a matter of its own before the body. It is decided at a meeting, or its decision is recorded from here
 * (GOV-2, GOV-4).
 */
export function MattersOfThing({ thing, matters, bodies, state, ...props }: MattersOfThingProps) {
  const targets = bodies.flatMap(({ profile }) =>
    profile.decidesOn
      .filter(({ aboutPeople }) => !aboutPeople)
      .map(({ slug, names }) => ({
        value: `${profile.slug}/${slug}`,
        label: `${bodyName(profile.names)}: ${speak(names, currentLocale()).words}`,
      })),
  )
  return (
    <Section id="matters" heading={m.governance_thing_matters()} line>
      <p>{props.lead}</p>
      {matters.length > 0 ? (
        <ul class="ln-stack" data-gap="4">
          {matters.map((matter) => (
            <li>
              <a href={`/governance/matters/${matter.id}`}>
                <Words of={speak(matter.title, currentLocale())} plain />
              </a>{' '}
              <MatterStatus state={matter.state} />
              {matter.state === 'prepared' || matter.state === 'on-agenda' ? (
                <p>
                  <a href={`/governance/decisions/new?matter=${matter.body.slug}/${matter.kind.slug}&on=${matter.id}`}>
                    {m.governance_thing_record()}
                  </a>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Form
        action={props.action}
        state={state}
        idempotencyKey={props.idempotencyKey}
        buttons={<Button variant="secondary">{m.governance_thing_raise()}</Button>}
      >
        <input type="hidden" name="language" value={currentLocale()} />
        <input type="hidden" name="thing" value={thing.id} />
        <Field state={state} kind="select" name="target" label={m.governance_matter_target()} options={targets} />
        <Field
          state={state}
          name="title"
          label={m.governance_matter_title()}
          description={m.governance_title_hint()}
          value={props.title.slice(0, 300)}
          maxlength={300}
        />
      </Form>
    </Section>
  )
}
