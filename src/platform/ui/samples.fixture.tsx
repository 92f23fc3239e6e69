import { formatDay, formatMoney } from '../i18n/format.ts'
import { ownNames } from '../i18n/names.ts'
import { currentLocale } from '../i18n/speech.ts'
import type { Locale, Spoken } from '../i18n/text.ts'
import { Choices, Filters, Pager } from './browse.tsx'
import { Button, ButtonLink } from './buttons.tsx'
import { Confirmation, Progress } from './confirmation.tsx'
import { Field } from './field.tsx'
import { Form, type FormState } from './form.tsx'
import type { Frame } from './frame.ts'
import { Layout } from './layout.tsx'
import { Path, SummaryList, Tags, TaskList, Timeline, Why } from './lists.tsx'
import { Empty, Note, Voice } from './notices.tsx'
import { PageHead, Section } from './page-head.tsx'
import { Status } from './status.tsx'
import { DataTable } from './table.tsx'
import { Upload } from './upload.tsx'
import { Words } from './words.tsx'

/** Words that no component may let through as markup; they stand in every place that takes text. */
export const hostile = '<img src=x onerror="alert(1)"> & "quoted"'

const samples: Record<Locale, { long: string; word: string; name: string; voice: string }> = {
  en: {
    long: 'A safe place to stay while we look for a way out together.',
    word: 'Shelter',
    name: 'Kharkiv',
    voice: 'At six the centre is closed, and I work until half past.',
  },
  uk: {
    long: 'Безпечне місце, де можна побути, доки разом шукаємо вихід.',
    word: 'Надання притулку',
    name: 'Харків',
    voice: 'О шостій вечора центр уже зачинений, а я до пів на сьому на роботі.',
  },
  da: {
    long: 'Et sikkert sted at være, mens vi finder en vej sammen.',
    word: 'Krisecenter',
    name: 'Charkiv',
    voice: 'Klokken seks er der lukket, og jeg har fri halv syv.',
  },
  de: {
    long: 'Ein sicherer Ort, während wir gemeinsam einen Weg suchen.',
    word: 'Wohnungsnotfallhilfe und Schuldnerberatung',
    name: 'Charkiw',
    voice: 'Um sechs ist das Zentrum zu, und ich arbeite bis halb sieben.',
  },
}

/** A frame with everything in it. */
export function sampleFrame(locale: Locale, more: Partial<Frame> = {}, text = samples[locale]): Frame {
  const say = (words: string): Spoken => ({ words, locale, draft: false })
  return {
    locale,
    scheme: 'auto',
    address: '/services?q=a&b="<i>',
    region: { id: 'ua-kharkiv', name: say(text.name) },
    regions: [
      { id: 'ua-kharkiv', name: say(text.name) },
      { id: 'dk-midtjylland', name: { words: 'Midtjylland', locale: 'da', draft: false } },
    ],
    emergencies: [{ label: say(text.word), number: '112', hours: say('24/7') }],
    helpline: { label: say(text.word), number: '057 000 00 00', hours: say('8–20'), example: true },
    person: undefined,
    menu: [
      { href: '/find', label: text.word, current: true },
      { href: '/services', label: text.name },
      { href: '/search', label: text.name, icon: 'search' },
    ],
    work: undefined,
    signIn: true,
    flash: undefined,
    leave: undefined,
    ...more,
  }
}

/** The same, for a person at work. */
export function workFrame(locale: Locale, text = samples[locale]): Frame {
  return sampleFrame(
    locale,
    {
      person: { name: 'Ірина Ткаченко' },
      signIn: false,
      menu: [{ href: '/search', label: text.name, icon: 'search' }],
      flash: { kind: 'done', text: text.long, undo: { action: '/undo', fields: { _key: 'k', id: hostile } } },
      leave: 'https://example.org/',
      work: {
        groups: [
          {
            heading: '',
            links: [
              { href: '/work', label: text.word, icon: 'today', current: true },
              { href: '/work/services', label: text.name, icon: 'people', count: 14 },
            ],
          },
          { heading: text.name, links: [{ href: '/work/places', label: text.word, icon: 'bed' }] },
        ],
        bar: (['today', 'people', 'plus', 'inbox', 'more'] as const).map((icon, index) => ({
          href: `/work/${icon}`,
          label: text.name,
          icon,
          current: index === 0,
        })),
      },
    },
    text,
  )
}

const typed = new Map([
  ['names.uk', [hostile]],
  ['kind', ['b']],
  ['groups[]', ['a', 'c']],
  ['hours', ['25:00']],
])

/** Every field, after a try that did not work out. */
export const badState: FormState = {
  typed,
  outcome: {
    is: 'invalid',
    errors: [
      { path: 'names.uk', message: hostile },
      { path: 'hours', message: 'hours' },
      { path: 'kind', message: 'kind' },
      { path: 'groups.1', message: 'groups' },
      { path: '', message: 'whole' },
    ],
  },
}

const options = [
  { value: 'a', label: 'A', description: hostile },
  { value: 'b', label: 'B' },
  { value: 'c', label: hostile },
]

/** One page with every component. @param word stands wherever a component takes text */
export function SamplePage({ frame, word, state = badState }: { frame: Frame; word?: string; state?: FormState }) {
  const text = samples[currentLocale()]
  const w = word ?? text.word
  const long = word ?? text.long
  const foreign: Spoken = { words: w, locale: currentLocale() === 'da' ? 'de' : 'da', draft: true }
  return (
    <Layout
      frame={frame}
      title={w}
      description={long}
      head={<link rel="canonical" href={`https://example.org/${w}`} />}
    >
      <PageHead
        back={{ href: `/back?${w}`, label: w }}
        title={w}
        lead={long}
        facts={formatDay('2026-11-23')}
        action={
          <ButtonLink href="/new" icon="plus">
            {w}
          </ButtonLink>
        }
      >
        <Tags
          label={w}
          items={[
            { label: w, href: '/a' },
            { label: long, href: '/b' },
          ]}
        />
        <Path
          label={w}
          across
          steps={[
            { label: w, state: 'done', note: formatDay('2026-11-02', 'short') },
            { label: w, state: 'now' },
            { label: w, state: 'next', note: w },
          ]}
          why={long}
        />
      </PageHead>
      <div class="ln-grid" data-cols="aside-main">
        <aside>
          <Filters
            action="/services"
            keep={{ q: w }}
            clear="/services"
            fields={(prefix) => (
              <Choices
                prefix={prefix}
                name="f"
                legend={w}
                options={options.map(({ value, label }) => ({ value, label }))}
                chosen={['b']}
              />
            )}
          />
        </aside>
        <div class="ln-stack" data-gap="10">
          <Note color="success" heading={w} mark="shield">
            <p>{long}</p>
          </Note>
          <Section id="summary" heading={w}>
            <SummaryList
              items={[
                { label: w, value: long, change: { href: '/change', what: w } },
                { label: w },
                { label: w, value: <Words of={foreign} /> },
                { label: w, value: formatMoney(250, 'UAH') },
              ]}
            />
          </Section>
          <Section id="tasks" heading={`${w} 2`} line>
            <TaskList
              wide
              items={[
                {
                  href: '/1',
                  label: w,
                  status: (
                    <Status mark="late" tag>
                      {w}
                    </Status>
                  ),
                  note: long,
                },
                { href: '/2', label: long, status: <Status mark="done">{w}</Status> },
              ]}
            />
          </Section>
          <Why
            reasons={[
              { fits: true, text: long },
              { fits: false, text: long },
            ]}
          />
          <div class="ln-row">
            {(['done', 'wait', 'late', 'stop', 'ask', 'shield', 'eye', 'draft', 'dot'] as const).map((mark) => (
              <Status mark={mark} tag>
                {mark}
              </Status>
            ))}
            <Status mark="eye" href="#main">
              {w}
            </Status>
          </div>
          <Timeline
            label={w}
            items={[
              { kind: 'voice', facts: w, content: <Voice by={w}>{word ?? text.voice}</Voice> },
              { kind: 'decision', facts: w, content: <a href="/d">{long}</a> },
              { kind: 'alert', facts: w, content: long },
              { kind: 'now', facts: w, content: long },
              { facts: w, content: long },
            ]}
          />
          <Tags items={[{ label: w }, { label: ownNames.uk }]} />
          <DataTable
            caption={w}
            columns={[
              { id: 'name', label: w, head: true, sortable: true, cell: (row) => row.name },
              { id: 'places', label: ownNames.de, figures: true, sortable: true, cell: (row) => row.places },
              { id: 'note', label: w, span: true, cell: () => long },
            ]}
            rows={[
              { name: w, places: 4 },
              { name: ownNames.da, places: 12 },
            ]}
            sorting={{
              column: 'name',
              direction: 'rising',
              href: (column, direction) => `?sort=${column}&direction=${direction}`,
            }}
          />
          <DataTable
            compare
            caption={long}
            columns={['x', 'y', 'z', 'u', 'v'].map((id, index) => ({
              id,
              label: `${w} ${id}`,
              head: index === 0,
              figures: index > 0,
              cell: () => (index ? `${index} 000` : w),
            }))}
            rows={[1, 2]}
          />
          <Pager previous="?before=a" next="?after=b" shown="21–40" />
          <Empty action={<a href="/new">{w}</a>}>{long}</Empty>
          <Form action="/save" state={state} idempotencyKey="0190-key" version={3}>
            <Field state={state} name="names.uk" label={w} description={long} lang="uk" value="x" maxlength={200} />
            <Field state={state} name="email" kind="email" label={w} autocomplete="email" optional />
            <Field state={state} name="password" kind="password" label={w} autocomplete="new-password" />
            <Field state={state} name="day" kind="date" label={w} value="2026-11-23" />
            <Field state={state} name="hours" kind="time" label={w} />
            <Field state={state} name="places" kind="number" label={w} min={0} value={4} />
            <Field state={state} name="text" kind="textarea" label={w} value={hostile} />
            <Field state={state} name="area" kind="select" label={w} options={[{ value: 'a', label: w }]} />
            <Field state={state} name="kind" kind="radios" label={w} options={options} />
            <Field state={state} name="groups[]" kind="checkboxes" label={w} options={options} description={long} />
            <Field state={state} name="file" kind="file" label={w} accept=".csv" optional />
            <Upload
              state={state}
              name="documents[]"
              label={w}
              description={long}
              limit={10_000_000}
              most={5}
              optional
            />
          </Form>
          <Progress label={w} done={40} total={120} reload="/import/1" source="/import/1.json" />
          <div class="ln-row">
            <Button variant="secondary">{w}</Button>
            <Button variant="tertiary">{w}</Button>
          </div>
        </div>
      </div>
    </Layout>
  )
}

/** What does not stand on one page with the others: a conflict, and a confirmation with its own h1. */
export function SecondPage({ frame, word }: { frame: Frame; word?: string }) {
  const text = samples[currentLocale()]
  const w = word ?? text.word
  const state: FormState = { typed, outcome: { is: 'conflict' } }
  return (
    <Layout frame={frame} title={w}>
      <div class="ln-head">
        <Confirmation title={w} number="2026-118" next={[w, text.long]} until={formatDay('2026-12-01')} ask={w} />
      </div>
      <Form
        action="/save"
        state={state}
        idempotencyKey="0190-key"
        version={4}
        submit={w}
        differences={[
          { label: w, theirs: hostile, yours: text.long },
          { label: w, theirs: '', yours: '' },
        ]}
      >
        <Field state={state} name="names.uk" label={w} />
      </Form>
    </Layout>
  )
}
