import { expect, test } from 'vitest'
import { withSoftHyphens } from './soft-hyphens.ts'

const shown = (words: string, locale: 'de' | 'da' | 'uk', longest?: number) =>
  withSoftHyphens(words, locale, longest).replaceAll('\u00ad', '-')

test('long words break at their joints, where a browser without a dictionary would break them anywhere', () => {
  for (const parts of [
    'Rahmen-vereinba-rungen',
    'Steuerungs-vereinba-rung',
    'Entwicklungs-strategie',
    'Angele-gen-heiten',
    'Rechts-grundlage',
    'Geschäfts-ausschuss',
  ])
    expect(shown(parts.replaceAll('-', ''), 'de')).toBe(parts)
  expect(shown('Hjerneskadesamrådet, rammeaftale', 'da')).toBe('Hjerneskadesam-rådet, rammeaftale')
})

test('in a bar short words break as well, never between letters that are one sound', () => {
  expect(shown('Погодження', 'uk', 8)).toBe('Пого-дження')
  expect(shown('Звернення, незадоволена потреба', 'uk', 8)).toBe('Звер-нення, незадово-лена потреба')
  expect(shown('Anhörungen Sitzungen Besprechung', 'de', 8)).toBe('Anhö-rungen Sit-zungen Besprechung')
})

test('other words and languages stay as they are', () => {
  expect(shown('Angebote und Sitzungen', 'de')).toBe('Angebote und Sitzungen')
  expect(shown('Міжмуніципальні погодження', 'uk')).toBe('Міжмуніципальні погодження')
})
