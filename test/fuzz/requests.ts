import fc from 'fast-check'

/** Values that have broken programs before. */
const nasty = [
  '', ' ', '0', '-1', '1e309', 'NaN', 'null', 'true', '[]', '{}', '../../etc/passwd', '%00', '%ff', '%', '%2', '%c0%af', '%ed%a0%80',
  '%F0%9F%98%80', '%E2%80%AE', "'", '"', '\\', '`', '<script>alert(1)</script>', '%3Csvg%20onload=1%3E', "1'%20OR%20'1'='1", '$where', '__proto__',
  'constructor', '9'.repeat(40), 'a'.repeat(5000), '2026-02-30', '00000000-0000-0000-0000-000000000000', 'xx', '*:*', '&', '|', '!', '(', ':*',
  'a:*%20&', '%F0%90%80', '+', '%2B', 'en', '٣', '%D0%BF%D1%80%D0%B8%D1%82%D1%83%D0%BB%D0%BE%D0%BA',
] // biome-ignore format: a list of words

/** A backslash is no character of an address: the server itself answers 400 before anything of ours sees it. */
const token = /^[\x21-\x5b\x5d-\x7e]*$/
/** Part of an address as it goes over the wire. */
const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty.filter((text) => token.test(text))) },
  { weight: 2, arbitrary: fc.string({ maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())) },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 12 }).map((text) => text.replace(/[^\x21-\x7e]/g, '%FF').replace(/[#?/\\]/g, '')),
  },
  { weight: 1, arbitrary: fc.constantFrom('nadannia-prytulku', '1', '20', 'ua-kharkiv', 'shelter', 'nowhere-to-live') },
)

/** A path: the address as it is written in the door, its parameters filled with anything. */
export function paths(address: string): fc.Arbitrary<string> {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map((match) => match[0])
  return fc
    .tuple(...names.map(() => part))
    .map((values) =>
      names.reduce(
        (path, name, at) => path.replace(name, () => (values[at] as string).replaceAll('/', '%2F') || '-'),
        address,
      ),
    )
}

/** A query: names that the route knows and others, with anything behind them. */
export function queries(known: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known, 'region') }, { weight: 1, arbitrary: part })
  return fc
    .array(fc.tuple(name, part), { maxLength: 4 })
    .map((pairs) => pairs.map(([key, value]) => `${key}=${value.replaceAll('&', '%26')}`).join('&'))
}

/** A JSON value, deep and strange; sometimes no JSON at all. */
export const bodies: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 5, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[[[[',
      'nul',
      '"\\ud800"',
      '{"name":"\\u0000"}',
      '{"__proto__":{"a":1}}',
      '{"version":1e400}',
    ),
  },
  { weight: 1, arbitrary: fc.constant(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
)
