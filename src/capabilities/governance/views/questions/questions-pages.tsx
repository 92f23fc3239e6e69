import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import { type Question, QuestionKind, type Ruling } from '../../types/questions.ts'

const words = (text: Text) => <Words of={speak(text, currentLocale())} plain />

const kinds = {
  law: m.governance_questions_kind_law,
  tariff: m.governance_questions_kind_tariff,
  views: m.governance_questions_kind_views,
  practice: m.governance_questions_kind_practice,
} as const satisfies Record<QuestionKind, unknown>
export const kindOptions = () => QuestionKind.options.map((kind) => ({ value: kind, label: kinds[kind]() }))

const askedOn = (question: Question) => dayIn(question.askedAt, question.body.timeZone)

export function QuestionState({ of }: { of: Question }) {
  if (of.withdrawn) return <Status mark="dot">{m.governance_questions_withdrawn_state()}</Status>
  return of.answered ? (
    <Status mark="done">{m.governance_questions_answered()}</Status>
  ) : (
    <Status mark="wait">{m.governance_questions_open()}</Status>
  )
}

/** Questions as rows. @param href where a row leads; to the public page where it is left out */
export function QuestionsTable({
  questions,
  href = ({ id }) => `/rulings/${id}`,
}: {
  questions: readonly Question[]
  href?: (question: Question) => string
}) {
  return (
    <DataTable
      caption={m.governance_questions_caption()}
      rows={questions}
      columns={[
        {
          id: 'question',
          label: m.governance_questions_question(),
          head: true,
          cell: (question) => (
            <a class="ln-link" href={href(question)}>
              {words(question.title)}
            </a>
          ),
        },
        { id: 'kind', label: m.governance_questions_kind(), cell: ({ kind }) => kinds[kind]() },
        {
          id: 'asker',
          label: m.governance_questions_asked_by(),
          cell: ({ organisation }) => words(organisation.names),
        },
        { id: 'body', label: m.governance_questions_who_answers(), cell: ({ body }) => words(body.names) },
        {
          id: 'state',
          label: m.governance_questions_state(),
          cell: (question) => (
            <>
              <QuestionState of={question} />{' '}
              <span class="ln-small ln-quiet">{formatDay(askedOn(question), 'short')}</span>
            </>
          ),
        },
      ]}
    />
  )
}

export interface QuestionsPageProps {
  questions: readonly Question[]
  choice: { words?: string | undefined; kind?: QuestionKind | undefined }
  mayAsk: boolean
  region: string | undefined
  first: string | undefined
  next: string | undefined
}

/** Questions with their answers, searched with the words of all four languages (GOV-16). */
export function QuestionsPage({ questions, choice, mayAsk, region, first, next }: QuestionsPageProps) {
  const typed = new Map(Object.entries({ q: [choice.words ?? ''], kind: [choice.kind ?? ''] }))
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.governance_questions_title()}
        lead={m.governance_questions_lead()}
        facts={region}
        action={
          mayAsk ? (
            <ButtonLink href="/rulings/ask" icon="plus">
              {m.governance_questions_ask()}
            </ButtonLink>
          ) : undefined
        }
      />
      <search>
        <form action="/rulings" method="get" class="ln-form ln-stack" data-gap="3">
          <Field
            state={{ typed }}
            kind="search"
            name="q"
            label={m.governance_questions_search()}
            maxlength={200}
            optional
          />
          <Field
            state={{ typed }}
            kind="select"
            name="kind"
            label={m.governance_questions_kind()}
            options={kindOptions()}
            optional
          />
          <div class="ln-row">
            <Button variant="secondary" icon="search">
              {m.governance_search()}
            </Button>
          </div>
        </form>
      </search>
      {questions.length > 0 ? (
        <QuestionsTable questions={questions} />
      ) : (
        <Empty>
          {choice.words || choice.kind ? m.governance_questions_none_found() : m.governance_questions_none()}
        </Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

/** One question with its answers: the one that holds first, earlier ones folded away (GOV-16). */
export function QuestionPage({ question, rulings }: { question: Question; rulings: readonly Ruling[] }) {
  const [newest, ...earlier] = rulings
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: '/rulings', label: m.governance_questions_back() }}
        title={words(question.title)}
        facts={`${question.reference} · ${kinds[question.kind]()}`}
      >
        <QuestionState of={question} />
      </PageHead>
      {question.withdrawn ? (
        <Note color="warning">
          <p>{question.withdrawn.why}</p>
        </Note>
      ) : null}
      {!question.answered && !question.withdrawn ? (
        <Note>
          <p>{m.governance_questions_open_note()}</p>
        </Note>
      ) : null}
      <Section id="question" heading={m.governance_questions_question()}>
        <Paragraphs of={question.words} />
        <SummaryList
          items={[
            { label: m.governance_questions_asked_by(), value: words(question.organisation.names) },
            { label: m.governance_questions_asked_on(), value: formatDay(askedOn(question)) },
            {
              label: m.governance_questions_who_answers(),
              value: <a href={`/bodies/${question.body.slug}`}>{words(question.body.names)}</a>,
            },
          ]}
        />
      </Section>
      {newest ? (
        <Section id="answer" heading={m.governance_questions_answer_of({ day: formatDay(newest.answeredOn) })}>
          <Answer of={newest} />
        </Section>
      ) : null}
      {earlier.length > 0 ? (
        <details class="ds-details">
          <summary>{m.governance_questions_earlier()}</summary>
          <div class="ln-stack" data-gap="6">
            {earlier.map((ruling) => (
              <article class="ln-stack" data-gap="2">
                <h2 class="ds-heading" data-size="xs">
                  {m.governance_questions_answer_of({ day: formatDay(ruling.answeredOn) })}
                </h2>
                <Status mark="late">{m.governance_questions_replaced()}</Status>
                <Answer of={ruling} />
              </article>
            ))}
          </div>
        </details>
      ) : null}
    </div>
  )
}

function Answer({ of }: { of: Ruling }) {
  return (
    <div class="ln-stack" data-gap="3">
      <Paragraphs of={of.words} />
      {of.why ? (
        <p>
          <strong>{m.governance_questions_why()}: </strong>
          {of.why}
        </p>
      ) : null}
      {of.refersTo.length > 0 ? (
        <div>
          <p>
            <strong>{m.governance_questions_refers_to()}</strong>
          </p>
          <ul>
            {of.refersTo.map((source) => (
              <li translate="no">{source}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {of.decision ? (
        <p>
          {`${m.governance_questions_decision()}: `}
          <a href={`/decisions/${of.decision.id}`}>{of.decision.number}</a>
        </p>
      ) : null}
    </div>
  )
}

function Paragraphs({ of }: { of: Text }) {
  const spoken = speak(of, currentLocale())
  const paragraphs = spoken.words.split(/\n+/)
  return (
    <>
      {paragraphs.map((paragraph, at) => (
        <p>
          <Words of={{ ...spoken, words: paragraph }} plain={at < paragraphs.length - 1} />
        </p>
      ))}
    </>
  )
}
