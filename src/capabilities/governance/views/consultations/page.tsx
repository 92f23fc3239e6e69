import type { Child } from 'hono/jsx'
import { formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Marks } from '../../../../platform/ui/words.tsx'
import type { Answer } from '../../store/consultations/answers.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { Paper, Party } from '../../store/consultations/parties.ts'
import {
  Closing,
  ConsultationStatus,
  Lines,
  Papers,
  Paragraphs,
  PartiesTable,
  TallyTable,
  told,
  wordsOf,
} from './parts.tsx'
import { closingWords, countedWords, outcomeWords, silenceWords } from './words.ts'

/** Everything that a page or a paper tells of one consultation. */
export interface WholeConsultation {
  consultation: StoredConsultation
  parties: readonly Party[]
  papers: readonly Paper[]
  extensions: readonly { from: Date; to: Date; reason: string; at: Date }[]
  /** by id of the party; as far as the reader may see them */
  answers: ReadonlyMap<string, Answer>
}

/** One consultation as everybody who may read it sees it (GOV-5). */
export function ConsultationPage({
  of,
  back,
  about,
  children,
}: {
  of: WholeConsultation
  back: { href: string; label: string }
  /** what it is about, where the reader may see that */
  about?: { href: string; label: string } | undefined
  children?: Child
}) {
  const { consultation, parties, papers } = of
  const title = speak(consultation.title, currentLocale())
  const question = speak(consultation.question, currentLocale())
  const base = `/consultations/${consultation.id}`
  return (
    <>
      <PageHead
        back={back}
        title={wordsOf(consultation.title)}
        facts={<a href={`/bodies/${consultation.body.slug}`}>{told(consultation.body.names)}</a>}
      >
        <div class="ln-row" data-tight>
          <ConsultationStatus state={consultation.state} tag />
          <Marks of={[title, question]} />
        </div>
      </PageHead>
      <div class="ln-stack" data-gap="10">
        <div class="ln-stack ln-read" data-gap="10">
          <Result of={of} />
          <Section id="question" heading={m.governance_consult_question()}>
            <Paragraphs of={consultation.question} />
          </Section>
          <Section id="papers" heading={m.governance_consult_papers()}>
            <Papers papers={papers} base={base} />
          </Section>
          <Section id="course" heading={m.governance_consult_course()}>
            <Course of={of} about={about} />
          </Section>
        </div>
        <Section id="parties" heading={m.governance_consult_parties()}>
          {consultation.state === 'published' ? null : <p class="ln-read">{m.governance_consult_answers_later()}</p>}
          <PartiesTable
            caption={m.governance_consult_parties_caption({
              answered: parties.filter(({ answered }) => answered).length,
              count: parties.length,
            })}
            parties={parties}
            over={consultation.state !== 'open'}
            answers={consultation.state === 'published' ? of.answers : undefined}
          />
        </Section>
        <p>
          <ButtonLink href={`${base}/pdf`} variant="secondary" icon="document">
            {m.governance_consult_pdf()}
          </ButtonLink>
        </p>
        {children}
      </div>
    </>
  )
}

function Course({
  of: { consultation, extensions },
  about,
}: {
  of: WholeConsultation
  about: { href: string; label: string } | undefined
}) {
  const { openedAt, closesAt, terms, timeZone } = consultation
  return (
    <SummaryList
      items={[
        { label: m.governance_consult_sent(), value: openedAt && formatMoment(openedAt, timeZone) },
        { label: m.governance_consult_closes(), value: closesAt && <Closing of={consultation} /> },
        ...extensions.map(({ reason, from }) => ({
          label: m.governance_consult_extended(),
          value: m.governance_consult_extended_words({
            moment: closingWords(from, timeZone),
            reason,
          }),
        })),
        { label: m.governance_consult_silence(), value: terms && silenceWords(terms.silence) },
        { label: m.governance_consult_counted(), value: countedWords(consultation.countedBy) },
        { label: m.governance_consult_rule(), value: terms && (terms.rule.source ?? m.governance_consult_rule_none()) },
        { label: m.governance_secretariat(), value: told(consultation.body.organisationNames) },
        ...(about ? [{ label: m.governance_consult_about(), value: <a href={about.href}>{about.label}</a> }] : []),
      ]}
    />
  )
}

function Result({ of: { consultation } }: { of: WholeConsultation }) {
  const { state, outcome, tally, terms, confirmedAt, timeZone } = consultation
  if (state === 'withdrawn')
    return (
      <Note heading={m.governance_consult_withdrawn()}>
        <Lines of={consultation.withdrawnReason ?? ''} />
      </Note>
    )
  if (state === 'closed')
    return (
      <Note>
        <p>{m.governance_consult_awaits_chair()}</p>
      </Note>
    )
  if (state === 'confirmed')
    return (
      <Note>
        <p>{m.governance_consult_confirmed_wait()}</p>
      </Note>
    )
  if (!outcome || !tally || !terms || !confirmedAt) return null
  return (
    <Section id="result" heading={m.governance_consult_result()}>
      <p>
        <strong>{outcomeWords(outcome)}</strong>
      </p>
      {consultation.outcomeReason ? <Lines of={consultation.outcomeReason} /> : null}
      <p class="ln-quiet">
        {consultation.confirmedWord
          ? m.governance_consult_confirmed_word({ moment: formatMoment(confirmedAt, timeZone) })
          : m.governance_consult_confirmed_chair({ moment: formatMoment(confirmedAt, timeZone) })}
      </p>
      <TallyTable tally={tally} silence={terms.silence} />
    </Section>
  )
}
