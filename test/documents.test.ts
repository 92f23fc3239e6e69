import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { longestTokenDays } from '../src/platform/access/tokens.ts'
import { sessionDays } from '../src/platform/auth/engine.ts'
import { type Limit, limits } from '../src/platform/auth/limits.ts'
import { linkHours } from '../src/platform/auth/links.ts'
import { longestPassword, shortestPassword } from '../src/platform/auth/password-rules.ts'
import { billOfMaterials, checkEnvironmentTable, checkLicences } from './documents.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const documents = globSync(['*.md', 'docs/**/*.md', 'packs/**/*.md', 'src/**/*.md'], { cwd: root })

describe('documents', () => {
  test('docs/security.md says the figures of the program', () => {
    const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
    const every = ({ account, address, minutes }: Limit, tries: string) =>
      `${account} tries an account${tries}${address} a network address in ${minutes} minutes`
    for (const words of [
      every(limits['sign-in'], ' and '),
      every(limits.code, ' and '),
      every(limits.passkey, ', '),
      `${limits.link.address} tries a network address in ${limits.link.minutes} minutes`,
      `${limits.token.account} made an hour`,
      `at most ${longestTokenDays} days`,
      `registration ${linkHours.registration} hours, invitation ${linkHours.invitation / 24} days, new password ${linkHours.reset} hour`,
      `ends after ${sessionDays} days`,
      `${shortestPassword} to ${longestPassword} characters`,
    ])
      expect(page).toContain(words)
  })

  test.each(documents)('%s leads nowhere that is not there', (file) => {
    const text = readFileSync(join(root, file), 'utf8').replaceAll(/```[\s\S]*?```|`[^`]*`/g, '')
    const addresses = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
      (found) => found[1] ?? found[2] ?? '',
    )
    const own = addresses.filter((address) => !/^(https?:|mailto:|#)/.test(address))
    const lost = own.filter((address) => !existsSync(join(root, dirname(file), address.replace(/#.*$/, ''))))
    expect(lost).toEqual([])
  })

  test('pictures of the guides are small, described, and all of them are shown', () => {
    const guides = documents.filter((file) => file.startsWith('docs/guides/') || file === 'README.md')
    const texts = guides.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
    for (const file of globSync('docs/guides/pictures/*.png', { cwd: root })) {
      expect([file, statSync(join(root, file)).size < 150_000]).toEqual([file, true])
      expect([file, texts.includes(`pictures/${file.split('/').at(-1)}`)]).toEqual([file, true])
    }
    expect(texts.match(/<img (?![^>]*alt="[^"]+")[^>]*>|!\[\]/g)).toBeNull()
  })

  test('the table of environment variables is that of the program', () => {
    expect(checkEnvironmentTable()).toBeUndefined()
  })

  test('the licences are those of the lockfile', () => {
    expect(checkLicences()).toBeUndefined()
  })

  test('the bill of materials names every package once, with licence and checksum, and ties them together', () => {
    const bill = billOfMaterials()
    const refs = bill.components.map((component) => component['bom-ref'])
    expect(new Set(refs).size).toBe(refs.length)
    expect(refs.length).toBeGreaterThan(100)
    for (const { name, hashes, licenses } of bill.components) {
      expect([name, licenses.length]).toEqual([name, 1])
      expect([name, hashes?.[0]?.alg, hashes?.[0]?.content.length]).toEqual([name, 'SHA-512', 128])
    }
    const known = new Set([...refs, bill.metadata.component['bom-ref']])
    for (const { ref, dependsOn } of bill.dependencies)
      expect([ref, ...(dependsOn ?? [])].filter((one) => !known.has(one))).toEqual([])
  })
})
