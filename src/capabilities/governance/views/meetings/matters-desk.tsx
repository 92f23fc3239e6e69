import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import { deedsFor } from '../../rules/matters/path.ts'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { MatterSource, theme } from '../../types/matters.ts'
import { deedWords, sourceWords } from './matter-words.tsx'
import { MattersTable } from './matters-page.tsx'
import { bodyName } from './meeting-words.tsx'

/** The matters of all bodies that a secretariat keeps (GOV-2). */
export function MattersDesk({
  matters,
  timeZone,
  first,
  next,
}: {
  matters: readonly StoredMatter[]
  timeZone: string
  first: string | undefined
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.governance_matters_title()}
        action={
          <ButtonLink href="/governance/matters/new" icon="plus">
            {m.governance_matter_new()}
          </ButtonLink>
        }
      />
      {matters.length === 0 ? (
        <Empty>{m.governance_matters_empty()}</Empty>
      ) : (
        <MattersTable matters={matters} timeZone={timeZone} href={({ id }) => `/governance/matters/${id}`} />
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

/** Bodies with what they decide, each pair one choice, so that without script nobody pairs what does not belong together. */
function targets(bodies: readonly StoredBody[]) {
  return bodies.flatMap(({ profile }) => [
    ...profile.decidesOn
      .filter(({ aboutPeople }) => !aboutPeople)
      .map(({ slug, names }) => ({
        value: `${profile.slug}/${slug}`,
        label: `${bodyName(profile.names)}: ${speak(names, currentLocale()).words}`,
      })),
    { value: `${profile.slug}/${theme}`, label: `${bodyName(profile.names)}: ${m.governance_theme()}` },
  ])
}

/** A matter to be brought before a body. */
export function MatterForm({
  bodies,
  asIdea,
  state,
  idempotencyKey,
}: {
  bodies: readonly StoredBody[]
  /** it can be nothing else: the secretariat of the body prepares it */
  asIdea: boolean
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: asIdea ? '/matters' : '/governance/matters', label: m.governance_back_matters() }}
        title={m.governance_matter_new()}
        lead={asIdea ? m.governance_matter_idea_lead() : m.governance_matter_new_lead()}
      />
      <Form
        action="/governance/matters/new"
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_matter_enter()}
      >
        <Field
          state={state}
          kind="select"
          name="target"
          label={m.governance_matter_target()}
          options={targets(bodies)}
        />
        <Field
          state={state}
          name="title"
          label={m.governance_matter_title()}
          description={m.governance_title_hint()}
          maxlength={300}
        />
        <Field
          state={state}
          kind="textarea"
          name="words"
          label={m.governance_matter_words()}
          rows={6}
          maxlength={20_000}
          optional
        />
        <Field
          state={state}
          kind="select"
          name="language"
          label={m.governance_language()}
          value={currentLocale()}
          options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
        />
        <Field
          state={state}
          kind="select"
          name="source"
          label={m.governance_matter_from()}
          value="body"
          options={MatterSource.options.map((source) => ({ value: source, label: sourceWords(source) }))}
        />
        <Field
          state={state}
          name="sourceName"
          label={m.governance_matter_source_name()}
          description={m.governance_matter_source_hint()}
          maxlength={200}
          optional
        />
        {asIdea ? null : (
          <Field
            state={state}
            kind="checkboxes"
            name="asIdea"
            label={m.governance_matter_ready()}
            options={[{ value: 'yes', label: m.governance_matter_as_idea() }]}
            optional
          />
        )}
      </Form>
    </div>
  )
}

/** What a secretariat can do with a matter that is with its body. */
export function MatterMoves({
  matter,
  bodies,
  state,
  idempotencyKey,
}: {
  matter: StoredMatter
  bodies: readonly StoredBody[]
  state: FormState
  idempotencyKey: string
}) {
  // onto an agenda and off it, and decided, is done at a meeting
  const deeds = deedsFor(matter.state).filter((deed) => !['scheduled', 'taken-off', 'decided'].includes(deed))
  if (deeds.length === 0) return null
  const others = bodies.filter(({ id, profile }) => id !== matter.body.id && !profile.together)
  return (
    <Section id="move" heading={m.governance_matter_move()} line>
      <Form
        action={`/governance/matters/${matter.id}/move`}
        state={state}
        idempotencyKey={idempotencyKey}
        buttons={<Button variant="secondary">{m.governance_matter_move()}</Button>}
      >
        <Field
          state={state}
          kind="radios"
          name="deed"
          label={m.governance_matter_deed()}
          options={deeds.map((deed) => ({ value: deed, label: deedWords(deed) }))}
        />
        {deeds.includes('sent-on') ? (
          <Field
            state={state}
            kind="select"
            name="target"
            label={m.governance_matter_send_to()}
            description={m.governance_matter_send_hint()}
            options={targets(others)}
            optional
          />
        ) : null}
        <Field
          state={state}
          kind="textarea"
          name="words"
          label={m.governance_matter_why()}
          description={m.governance_matter_why_hint()}
          rows={3}
          maxlength={2000}
          optional
        />
      </Form>
    </Section>
  )
}
