import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { Why } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { OfferDoubt, OfferFit, OfferMatch } from '../../types/supply.ts'
import { languageInWords, peopleInWords } from './supply-words.ts'

interface Option {
  value: string
  label: string
}

export interface MatchingProps {
  groups: readonly Option[]
  areas: readonly Option[]
  languages: readonly Option[]
  asked: {
    group: string | undefined
    wish: string | undefined
    near: string | undefined
    within: string | undefined
    language: string | undefined
    from: string
  }
  /** undefined before a group was chosen */
  found: readonly OfferMatch[] | undefined
  /** names of target groups by code */
  names: ReadonlyMap<string, string>
  /** a wish was written that no offer is called */
  wishUnknown: boolean
  /** address of this page with an offer as the first wish */
  withWish: (slug: string) => string
  mayReport: boolean
}

const fresh: FormState = {}

/** CAP-8: places that fit a referral, with the reasons. A GET form: it works without script, and nothing of it is stored. */
export function Matching(props: MatchingProps) {
  const { asked, found } = props
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/supply', label: m.capacity_supply_back() }}
        title={m.capacity_supply_match_title()}
        lead={m.capacity_supply_match_lead()}
      />
      <form action="/matching" method="get" class="ln-form ln-stack ln-read" data-gap="6">
        <Field
          state={fresh}
          kind="select"
          name="group"
          label={m.capacity_supply_match_group()}
          value={asked.group ?? ''}
          options={props.groups}
        />
        <Field
          state={fresh}
          name="wish"
          label={m.capacity_supply_match_wish()}
          description={m.capacity_supply_match_wish_hint()}
          value={asked.wish}
          maxlength={120}
          optional
        />
        <Field
          state={fresh}
          kind="select"
          name="near"
          label={m.capacity_supply_match_near()}
          value={asked.near}
          options={props.areas}
          optional
        />
        <Field
          state={fresh}
          kind="number"
          name="within"
          label={m.capacity_supply_match_within()}
          value={asked.within}
          min={1}
          max={1000}
          inputmode="numeric"
          optional
        />
        {props.languages.length > 0 ? (
          <Field
            state={fresh}
            kind="select"
            name="language"
            label={m.capacity_supply_match_language()}
            value={asked.language}
            options={props.languages}
            optional
          />
        ) : null}
        <Field state={fresh} kind="date" name="from" label={m.capacity_supply_match_from()} value={asked.from} />
        <div class="ln-row">
          <Button>{m.capacity_supply_match_show()}</Button>
        </div>
      </form>
      {props.wishUnknown ? <Note color="warning">{m.capacity_supply_match_wish_unknown()}</Note> : null}
      {found === undefined ? <Empty>{m.capacity_supply_match_choose()}</Empty> : <Found {...props} found={found} />}
    </div>
  )
}

function Found({ found, names, withWish, mayReport, asked }: MatchingProps & { found: readonly OfferMatch[] }) {
  if (found.length === 0)
    return (
      <Empty
        action={
          mayReport ? (
            <a class="ln-link" href={`/supply/needs/new?group=${asked.group ?? ''}`}>
              {m.capacity_supply_need_title()}
            </a>
          ) : undefined
        }
      >
        {m.capacity_supply_match_none()}
      </Empty>
    )
  return (
    <Section id="found" heading={m.capacity_supply_match_count({ count: found.length })}>
      <ol class="ln-plain ln-stack" data-gap="6">
        {found.map(({ offer, fits, doubts }) => (
          <li class="ln-stack" data-gap="2">
            <h3 class="ds-heading" data-size="xs">
              <a class="ln-link" href={`/offers/${offer.slug}`}>
                {offer.name}
              </a>
            </h3>
            <Why
              reasons={[
                ...fits.map((fit) => ({ fits: true, text: fitInWords(fit, names) })),
                ...doubts.map((doubt) => ({ fits: false, text: doubtInWords(doubt) })),
              ]}
            />
            <p class="ln-small ln-quiet">
              {m.capacity_supply_waiting()}
              {': '}
              {peopleInWords(offer.waiting)}
              {fits.some(({ because }) => because === 'wish') ? null : (
                <>
                  {' · '}
                  <a href={withWish(offer.slug)}>
                    {m.capacity_supply_wish_this()}
                    <span class="ds-sr-only">: {offer.name}</span>
                  </a>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function fitInWords(fit: OfferFit, names: ReadonlyMap<string, string>): string {
  switch (fit.because) {
    case 'wish':
      return m.capacity_supply_fit_wish()
    case 'target-group':
      return m.capacity_supply_fit_group({ group: names.get(fit.term) ?? fit.term })
    case 'near':
      return m.capacity_supply_fit_near({ kilometres: fit.kilometres })
    case 'language':
      return m.capacity_supply_fit_language({ language: languageInWords(fit.language) })
    case 'free':
      return m.capacity_supply_fit_free({ day: formatDay(fit.from) })
  }
}

function doubtInWords(doubt: OfferDoubt): string {
  switch (doubt.because) {
    case 'other-group':
      return m.capacity_supply_doubt_group()
    case 'far':
      return m.capacity_supply_doubt_far({ kilometres: doubt.kilometres })
    case 'no-place':
      return m.capacity_supply_doubt_no_place()
    case 'later':
      return m.capacity_supply_doubt_later({ day: formatDay(doubt.from) })
    case 'language-unknown':
      return m.capacity_supply_doubt_language()
    case 'place-unknown':
      return m.capacity_supply_doubt_place()
  }
}
