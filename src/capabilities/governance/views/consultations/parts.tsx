import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import { sidesOf } from '../../rules/consultations/tally.ts'
import type { Answer } from '../../store/consultations/answers.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { Paper, Party } from '../../store/consultations/parties.ts'
import type { ConsultationState, Silence, Tally } from '../../types/consultations.ts'
import { answerWords, closingWords, stateWords } from './words.ts'

export const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />
export const wordsOf = (text: Text): string => speak(text, currentLocale()).words

const paragraphsOf = (words: string): string[] => words.split(/\n\s*/).filter(Boolean)

/** What was typed, paragraph by paragraph, in its language. */
export function Paragraphs({ of }: { of: Text }) {
  const { words, locale } = speak(of, currentLocale())
  return (
    <div class="ln-stack" data-gap="3" lang={locale === currentLocale() ? undefined : locale}>
      <Lines of={words} />
    </div>
  )
}

/** What somebody typed in one language, paragraph by paragraph. */
export function Lines({ of }: { of: string }) {
  return (
    <>
      {paragraphsOf(of).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </>
  )
}

const marks: Record<ConsultationState, StatusMark> = {
  draft: 'draft',
  open: 'wait',
  closed: 'dot',
  confirmed: 'done',
  published: 'done',
  withdrawn: 'stop',
}

export function ConsultationStatus({ state, tag = false }: { state: ConsultationState; tag?: boolean }) {
  return (
    <Status mark={marks[state]} color={state === 'withdrawn' ? 'neutral' : undefined} tag={tag}>
      {stateWords(state)}
    </Status>
  )
}

/** When it closes, or closed, with the time zone in words. */
export function Closing({ of: { closesAt, timeZone } }: { of: Pick<StoredConsultation, 'closesAt' | 'timeZone'> }) {
  if (!closesAt) return null
  return <time datetime={closesAt.toISOString()}>{closingWords(closesAt, timeZone)}</time>
}

/** The papers that go with a question. @param base address of the consultation */
export function Papers({ papers, base }: { papers: readonly Paper[]; base: string }) {
  if (papers.length === 0) return <p class="ln-quiet">{m.governance_consult_papers_none()}</p>
  return (
    <ul class="ln-stack" data-gap="2">
      {papers.map((paper) => (
        <li>
          <a href={paper.url ?? `${base}/papers/${paper.id}`} translate="no">
            {paper.title}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Who is asked, and what they say, as far as the reader may know. @param answers undefined: the reader knows only who has answered */
export function PartiesTable({
  parties,
  answers,
  caption,
  over,
  authors = false,
}: {
  parties: readonly Party[]
  answers: ReadonlyMap<string, Answer> | undefined
  caption: string
  /** no answer comes any more */
  over: boolean
  /** with who wrote it: for the secretariat */
  authors?: boolean
}) {
  const said = (party: Party) => answers?.get(party.id)
  return (
    <DataTable
      caption={caption}
      rows={parties}
      columns={[
        { id: 'party', label: m.governance_consult_party(), head: true, cell: ({ names }) => told(names) },
        {
          id: 'answer',
          label: m.governance_consult_answer(),
          cell: (party) => {
            const answer = said(party)
            if (answer) return answerWords(answer.answer)
            return party.answered ? (
              <Status mark="done">{m.governance_consult_has_answered()}</Status>
            ) : (
              <Status mark="dot">{over ? m.governance_consult_silent() : m.governance_consult_not_answered()}</Status>
            )
          },
        },
        ...(answers
          ? [
              {
                id: 'remarks',
                label: m.governance_consult_remarks(),
                span: true,
                cell: (party: Party) => {
                  const answer = said(party)
                  const remarks = answer?.remarks
                  return (
                    <>
                      {remarks ? paragraphsOf(remarks).map((line) => <span class="ln-block">{line}</span>) : '–'}
                      {authors && answer?.author ? (
                        <span class="ln-block ln-small ln-quiet">
                          {answer.author.name}, {answer.author.function}
                          {answer.version > 1 ? ` · ${m.governance_consult_version({ count: answer.version })}` : ''}
                        </span>
                      ) : null}
                    </>
                  )
                },
              },
            ]
          : []),
      ]}
    />
  )
}

/** How many said what, and how it counts. */
export function TallyTable({ tally, silence }: { tally: Tally; silence: Silence }) {
  const sides = sidesOf(tally, silence)
  const rows = [
    [m.governance_consult_answer_agree(), tally.agree],
    [m.governance_consult_answer_agree_with_remarks(), tally.agreeWithRemarks],
    [m.governance_consult_answer_no_remarks(), tally.noRemarks],
    [m.governance_consult_answer_object(), tally.object],
    [m.governance_consult_silent(), tally.silent],
    [m.governance_consult_sum_agree(), sides.agree],
    [m.governance_consult_sum_object(), sides.object],
    [m.governance_consult_sum_counted(), sides.counted],
  ] as const
  return (
    <DataTable
      caption={m.governance_consult_tally()}
      rows={rows}
      columns={[
        { id: 'what', label: m.governance_consult_answer(), head: true, cell: ([label]) => label },
        { id: 'count', label: m.governance_consult_parties(), figures: true, cell: ([, count]) => String(count) },
      ]}
    />
  )
}
