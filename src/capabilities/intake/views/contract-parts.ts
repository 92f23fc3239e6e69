import { formatDay } from '../../../platform/i18n/format.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import type { ContractText } from '../types.ts'

/** Words in a language. */
export interface Line {
  words: string
  locale: Locale
  draft: boolean
}

/** One part of a contract, as page and PDF show it: facts with labels, or lines below a heading. */
export type ContractPart =
  | { is: 'facts'; facts: { label: string; lines: readonly Line[] }[] }
  | { is: 'list'; heading: string; lines: readonly Line[] }
  | { is: 'words'; heading: string; lines: readonly Line[] }

/** The parts of a contract in their order. Every word comes from the text that is signed, days are written in its language. */
export function contractPartsOf(text: ContractText, locale: Locale): ContractPart[] {
  const { headings, person, service } = text
  const own = (words: string): Line => ({ words, locale, draft: false })
  const fact = (label: string, line: Line | undefined) => (line ? [{ label, lines: [line] }] : [])
  return [
    {
      is: 'facts',
      facts: [
        ...fact(headings.provider, text.provider),
        ...fact(headings.office, text.office),
        ...fact(headings.person, own(person.name)),
        ...fact(headings.birthDate, person.birthDate ? own(formatDay(person.birthDate)) : undefined),
        ...fact(headings.address, person.address ? own(person.address) : undefined),
        ...fact(headings.service, service.name),
        ...fact(headings.form, own(service.form)),
        ...fact(headings.term, own(text.term)),
        { label: headings.cost, lines: text.cost },
      ],
    },
    { is: 'list', heading: headings.activities, lines: service.activities },
    { is: 'list', heading: headings.rights, lines: text.rights },
    { is: 'list', heading: headings.duties, lines: text.duties },
    { is: 'list', heading: headings.personMayEnd, lines: text.personMayEnd },
    { is: 'list', heading: headings.providerMayEnd, lines: text.providerMayEnd },
    ...(text.besides
      ? [{ is: 'words' as const, heading: headings.besides, lines: text.besides.split(/\n+/).map(own) }]
      : []),
    ...(text.basis ? [{ is: 'words' as const, heading: headings.basis, lines: [own(text.basis)] }] : []),
    { is: 'words', heading: headings.written, lines: [own(`${text.place}, ${formatDay(text.day)}`)] },
  ]
}

/** A check number as people compare it: the first 16 of its 64 signs, in groups of four. */
export const shortHash = (hash: string): string => hash.slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1 ')
