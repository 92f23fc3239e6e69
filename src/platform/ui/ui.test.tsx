import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inLocale, m } from '../i18n/speech.ts'
import { type Locale, locales } from '../i18n/text.ts'
import { Field } from './field.tsx'
import { Form, type FormState, fieldId, keyField, versionField } from './form.tsx'
import { initials } from './header.tsx'
import { SummaryList } from './lists.tsx'
import { ErrorPage, type ErrorStatus } from './pages.tsx'
import { badState, hostile, SamplePage, SecondPage, sampleFrame, workFrame } from './samples.fixture.tsx'
import { DataTable } from './table.tsx'
import { Words } from './words.tsx'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linden-ui-'))
  const names = ['styles.css', 'leaf.svg', 'focus-summary.js', 'progress.js', 'upload.js', 'leave.js']
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(Object.fromEntries(names.map((name) => [name, name]))))
  vi.stubEnv('LINDEN_ASSETS', folder)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const statuses: ErrorStatus[] = [400, 403, 404, 409, 410, 422, 429, 500]
const write = (locale: Locale, page: () => unknown) => inLocale(locale, () => String(page()))

/** Every component, for the public and at work, fresh and after mistakes, with harmless words or with hostile ones. */
function everything(locale: Locale, word?: string): string[] {
  const given = word === undefined ? {} : { word }
  const text = word === undefined ? undefined : { long: word, word, name: word, voice: word }
  return [
    write(locale, () => <SamplePage frame={sampleFrame(locale, {}, text)} {...given} />),
    write(locale, () => <SamplePage frame={workFrame(locale, text)} state={{}} {...given} />),
    write(locale, () => <SecondPage frame={sampleFrame(locale, { leave: 'https://example.org/' }, text)} {...given} />),
    ...statuses.map((status) =>
      write(locale, () => <ErrorPage frame={sampleFrame(locale, {}, text)} status={status} id="e-1" message={word} />),
    ),
  ]
}

/** The opening tags of a page. */
const tags = (page: string) => page.match(/<[a-z][^<>]*(?:"[^"]*"[^<>]*)*>/gi) ?? []

describe.each(locales)('every page in %s', (locale) => {
  test('has no inline style, script or handler: the policy would block it', () => {
    for (const page of everything(locale)) {
      for (const tag of tags(page)) {
        expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\s(style|on\w+)\s*=/i)
        if (tag.startsWith('<script')) expect(tag).toMatch(/^<script (?:type="module" )?src="\/assets\/[\w-]+\.js">$/)
        expect(tag).not.toMatch(/^<style/)
        expect(tag).not.toContain('javascript:')
      }
    }
  })

  test('escapes what people type, in text and in attributes', () => {
    for (const page of everything(locale, hostile)) {
      expect(page).not.toContain('<img')
      expect(page).not.toMatch(/[^;] onerror="/)
    }
  })

  test('says its language, has one h1 and one main, and no id twice', () => {
    for (const page of everything(locale)) {
      expect(page.startsWith(`<!doctype html><html lang="${locale}"`)).toBe(true)
      expect(page.match(/<h1[ >]/g)).toHaveLength(1)
      expect(page.match(/<main[ >]/g)).toHaveLength(1)
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    }
  })

  test('refers by for and aria- only to ids that exist', () => {
    for (const page of everything(locale)) {
      const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]))
      for (const [, wanted = ''] of page.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]*)"/g))
        for (const id of wanted.split(' ')) expect(ids).toContain(id)
    }
  })
})

describe('the frame', () => {
  test('"leave this page" comes right after the skip link, before the emergency numbers', () => {
    const page = write('uk', () => <SecondPage frame={sampleFrame('uk', { leave: 'https://example.org/' })} />)
    expect(page.indexOf('ln-leave')).toBeLessThan(page.indexOf('ln-emergency'))
    expect(page).toContain('href="https://example.org/" rel="noreferrer"')
  })

  test('language, colours and region lead back to this page', () => {
    const page = write('de', () => <ErrorPage frame={sampleFrame('de')} status={404} />)
    expect(page).toContain('href="/language?choose=uk&amp;back=%2Fservices%3Fq%3Da%26b%3D%22%3Ci%3E"')
    expect(page).toContain('href="/theme?choose=dark&amp;back=%2Fservices')
    expect(page).toContain(
      '<button type="submit" name="choose" value="dk-midtjylland"><span lang="da">Midtjylland</span></button>',
    )
  })

  test('a person at work finds every link of the sidebar in the menu of a phone', () => {
    const page = write('en', () => <SamplePage frame={workFrame('en')} />)
    const menu = page.slice(page.indexOf('ln-menu ln-only-narrow'), page.indexOf('</header>'))
    for (const href of ['/work', '/work/services', '/work/places']) expect(menu).toContain(`href="${href}"`)
  })

  test('initials are letters of any alphabet', () => {
    expect(initials('Ірина Ткаченко')).toBe('ІТ')
    expect(initials('  øystein ')).toBe('Ø')
    expect(initials('Anna von der Heide')).toBe('AH')
    expect(initials('')).toBe('')
  })
})

describe('a form', () => {
  test('lists mistakes above it and links them to their fields', () => {
    const page = write('en', () => <SamplePage frame={sampleFrame('en')} state={badState} />)
    const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]))
    const summary = page.slice(page.indexOf('ds-error-summary'), page.indexOf(keyField))
    expect(summary).toContain('5 answers need another look')
    for (const path of ['names.uk', 'hours', 'kind', 'groups[]']) {
      expect(ids).toContain(fieldId(path))
      expect(summary).toContain(`href="#${fieldId(path)}"`)
    }
    expect(summary).toContain('<li>whole</li>')
  })

  test('keeps what was typed, also an emptied field and chosen boxes', () => {
    const typed = new Map([
      ['a', ['']],
      ['b', ['mine']],
      ['c[]', ['2', '3']],
    ])
    const state: FormState = { typed, outcome: { is: 'invalid', errors: [{ path: 'b', message: 'wrong' }] } }
    const options = ['1', '2', '3'].map((value) => ({ value, label: value }))
    const form = write('en', () => (
      <Form action="/x" state={state} idempotencyKey="key-12345" version={7}>
        <Field state={state} name="a" label="A" value="stored" />
        <Field state={state} name="b" label="B" value="stored" />
        <Field state={state} name="c[]" kind="checkboxes" label="C" options={options} value={['1']} />
        <Field state={state} name="d" kind="password" label="D" />
      </Form>
    ))
    expect(form).not.toContain('stored')
    expect(form).toContain('value="mine"')
    expect(form.match(/ checked=""/g)).toHaveLength(2)
    expect(form).toContain(`<input type="hidden" name="${keyField}" value="key-12345"/>`)
    expect(form).toContain(`<input type="hidden" name="${versionField}" value="7"/>`)
    expect(form).toMatch(/name="b"[^>]*aria-describedby="f-b-error" aria-invalid="true"/)
  })

  test('a password is never written back', () => {
    const state: FormState = { typed: new Map([['p', ['secret words']]]) }
    expect(write('en', () => <Field state={state} name="p" kind="password" label="P" />)).not.toContain('secret')
  })

  test('a conflict shows both texts', () => {
    const page = write('de', () => <SecondPage frame={sampleFrame('de')} />)
    expect(page).toContain('Jemand hat das inzwischen geändert')
    expect(page).toContain('<strong>Jetzt gespeichert</strong>')
    expect(page).toContain('<strong>Ihr Text</strong>')
  })
})

describe('words of the content', () => {
  test('DIR-3: another language is marked with lang and named, an unchecked translation is marked', () => {
    const danish = { words: 'Krisecenter', locale: 'da', draft: true } as const
    const german = write('de', () => <Words of={danish} />)
    expect(german).toContain('<span lang="da">Krisecenter</span>')
    expect(german).toContain('nur auf Dänisch')
    expect(german).toContain('Übersetzung noch nicht geprüft')
    expect(write('de', () => <Words of={danish} plain />)).toBe('<span lang="da">Krisecenter</span>')
    expect(write('da', () => <Words of={{ ...danish, draft: false }} />)).toBe('Krisecenter')
  })

  test('an unknown fact is said, never a blank', () => {
    expect(
      write('uk', () => (
        <SummaryList items={[{ label: 'a' }, { label: 'b', value: '' }, { label: 'c', value: 0 }]} />
      )).match(/немає даних/g),
    ).toHaveLength(2)
  })
})

test('a table names each cell for a phone and sorts by links', () => {
  const table = write('en', () => (
    <DataTable
      caption="Places"
      columns={[
        { id: 'name', label: 'Name', head: true, sortable: true, cell: (row: { name: string }) => row.name },
        { id: 'free', label: 'Free', figures: true, cell: () => 4 },
      ]}
      rows={[{ name: 'Linde' }]}
      sorting={{ column: 'name', direction: 'rising', href: (column, direction) => `?sort=${column}.${direction}` }}
    />
  ))
  expect(table).toContain('aria-sort="ascending"')
  expect(table).toContain('href="?sort=name.falling"')
  expect(table).toContain('<th scope="row">Linde</th><td class="ln-right" data-label="Free">4</td>')
})

test('an error page says what to do, and its number where there is one', () => {
  const page = write('uk', () => <ErrorPage frame={sampleFrame('uk')} status={500} id="0190-e" />)
  expect(page).toContain('У нас щось зламалося')
  expect(page).toContain('<code>0190-e</code>')
  expect(write('uk', () => <ErrorPage frame={sampleFrame('uk')} status={404} />)).not.toContain(
    inLocale('uk', () => m.page_error_id()),
  )
})
