import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { Addressee, Recommendation } from '../../store/forums/recommendations.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { RecommendationAnswer } from '../../types/forums.ts'
import { shortName } from '../seat-words.tsx'
import { LanguageField } from './language-field.tsx'
import { answers, recommendationFacts } from './recommendation-words.tsx'

const told = (text: Text) => speak(text, currentLocale()).words
const back = () => ({ href: '/governance/recommendations', label: m.governance_recommendations_title() })

interface Typing {
  today: string
  state: FormState
  idempotencyKey: string
}

/** A new recommendation. Which body it may go to the command judges. */
export function RecommendForm({
  from,
  to,
  today,
  state,
  idempotencyKey,
}: Typing & { from: readonly StoredBody[]; to: readonly StoredBody[] }) {
  const options = (bodies: readonly StoredBody[]) =>
    bodies.map(({ profile }) => ({ value: profile.slug, label: shortName(profile.names) }))
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back()}
        title={m.governance_recommendation_give()}
        lead={m.governance_recommendation_give_lead()}
      />
      <Form
        action="/governance/recommendations/new"
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_recommendation_give()}
      >
        <Field
          state={state}
          kind="select"
          name="body"
          label={m.governance_recommendation_from()}
          options={options(from)}
        />
        <Field
          state={state}
          kind="checkboxes"
          name="to[]"
          label={m.governance_recommendation_to()}
          options={options(to)}
        />
        <Field
          state={state}
          kind="date"
          name="recommendedOn"
          label={m.governance_wheel_day()}
          value={today}
          max={today}
        />
        <Field state={state} name="title" label={m.governance_recommendation_title_field()} maxlength={300} />
        <Field
          state={state}
          kind="textarea"
          name="words"
          label={m.governance_recommendation_words_field()}
          rows={6}
          maxlength={20_000}
        />
        <LanguageField state={state} />
      </Form>
    </div>
  )
}

/** What one body does with a recommendation: it answers, or makes a matter of it. */
export function AnswerForm({
  recommendation,
  addressee,
  body,
  decisions,
  today,
  state,
  idempotencyKey,
}: Typing & {
  recommendation: Recommendation
  addressee: Addressee
  body: StoredBody
  decisions: readonly { id: string; number: string; decidedOn: string; title: Text }[]
}) {
  const address = `/governance/recommendations/${recommendation.id}/${addressee.slug}`
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={back()}
        title={told(recommendation.title)}
        lead={told(recommendation.words)}
        facts={recommendationFacts(recommendation)}
      />
      {addressee.matter ? (
        <p>
          <a href={`/matters/${addressee.matter}`}>{m.governance_recommendation_matter()}</a>
        </p>
      ) : (
        <Section id="raise" heading={m.governance_recommendation_raise()}>
          <Form
            action={`${address}/raise`}
            state={{}}
            idempotencyKey={crypto.randomUUID()}
            buttons={<Button variant="secondary">{m.governance_recommendation_raise()}</Button>}
          >
            <Field
              state={{}}
              kind="select"
              name="kind"
              label={m.governance_matter()}
              optional
              options={body.profile.decidesOn
                .filter(({ aboutPeople }) => !aboutPeople)
                .map(({ slug, names }) => ({ value: slug, label: told(names) }))}
            />
          </Form>
        </Section>
      )}
      <Section id="answer" heading={m.governance_recommendation_answer_heading({ body: shortName(addressee.names) })}>
        <Form
          action={address}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.governance_recommendation_answer_button()}
        >
          <Field
            state={state}
            kind="radios"
            name="answer"
            label={m.governance_recommendation_answer_field()}
            options={RecommendationAnswer.options.map((value) => ({ value, label: answers[value].words() }))}
          />
          <Field
            state={state}
            kind="textarea"
            name="why"
            label={m.governance_recommendation_why()}
            rows={4}
            maxlength={5000}
          />
          <Field
            state={state}
            kind="date"
            name="answeredOn"
            label={m.governance_wheel_day()}
            value={today}
            max={today}
          />
          <Field
            state={state}
            kind="select"
            name="decision"
            label={m.governance_recommendation_decision_field()}
            optional
            options={decisions.map(({ id, number, decidedOn, title }) => ({
              value: id,
              label: `${formatDay(decidedOn, 'short')}, ${m.governance_number({ number })}: ${told(title)}`,
            }))}
          />
          <LanguageField state={state} />
        </Form>
      </Section>
    </div>
  )
}
