import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ConfigError, readConfig, secretOf, variables } from './config.ts'

const secret = 'a secret that nobody may ever read in a log'

describe('configuration', () => {
  test('an empty environment is enough, and runs the demo on this machine alone', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      data: resolve('./data'),
      databaseUrl: undefined,
      secret: undefined,
      packs: 'all',
      demo: 'small',
      oidc: undefined,
      smtpUrl: undefined,
      s3: undefined,
      backupKey: undefined,
      pool: 10,
      prepare: true,
      logLevel: 'info',
    })
  })

  test('an empty variable counts as not set', () => {
    const empty = Object.fromEntries(variables.map(({ name }) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  test.each([
    { HOST: '0.0.0.0' },
    { HOST: '192.168.1.4' },
    { LINDEN_URL: 'https://linden.example.org' },
    { DATABASE_URL: 'postgres://owner@db/linden' },
  ])('demo accounts do not exist by themselves with %j', (env) => {
    expect(readConfig(env)).toMatchObject({ demo: 'off', packs: [] })
  })

  test('everything can be set', () => {
    const config = readConfig({
      PORT: '8080',
      LINDEN_URL: 'https://hjaelp.example/',
      LINDEN_PACKS: 'dk-midtjylland, ./my-pack',
      LINDEN_PREPARE: 'off',
      LINDEN_OIDC_ISSUER: 'https://id.example',
      LINDEN_OIDC_CLIENT_ID: 'linden',
      LINDEN_OIDC_CLIENT_SECRET: 'word',
      S3_ENDPOINT: 'http://127.0.0.1:9000',
      S3_BUCKET: 'files',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'word',
    })
    expect(config).toMatchObject({
      port: 8080,
      url: 'https://hjaelp.example',
      packs: ['dk-midtjylland', './my-pack'],
      prepare: false,
      oidc: { issuer: 'https://id.example', clientId: 'linden', clientSecret: 'word', name: 'OpenID' },
      s3: { endpoint: 'http://127.0.0.1:9000', bucket: 'files', region: 'us-east-1' },
    })
  })

  test.each([
    ['PORT', '80a', '"80a"'],
    ['PORT', '70000', '70000'],
    ['LINDEN_POOL', '0', '1 to 200'],
    ['LINDEN_DEMO', 'huge', 'off, small, town, region, nation'],
    ['LINDEN_URL', 'localhost', 'http://'],
    ['LINDEN_PREPARE', 'yes', 'on, off'],
    ['LOG_LEVEL', 'loud', 'silent'],
    ['S3_BUCKET', 'A', 'bucket'],
    ['DATABASE_URL', 'mysql://host/db', 'postgres://'],
    ['LINDEN_TYPO', 'x', 'LINDEN_URL'],
  ])('a wrong %s=%s stops the start with its name and what is allowed', (name, value, words) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name} `))
    expect(read).toThrow(words)
  })

  test('a group that is set by half names what is missing', () => {
    expect(() => readConfig({ LINDEN_OIDC_ISSUER: 'https://id.example' })).toThrow(/^LINDEN_OIDC_CLIENT_ID is not set/)
    expect(() => readConfig({ S3_BUCKET: 'files' })).toThrow(/S3_ENDPOINT is not set, but S3_BUCKET is/)
  })

  test('no message repeats a secret', () => {
    for (const { name } of variables.filter((variable) => 'secret' in variable)) {
      try {
        readConfig({ [name]: 'geheim' })
      } catch (error) {
        expect(String(error)).not.toContain('geheim')
      }
    }
    expect(() => readConfig({ LINDEN_SECRET: 'short' })).toThrow(/32 characters or more/)
  })
})

describe('the secret', () => {
  const folders: string[] = []
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'linden-secret-'))
    folders.push(folder)
    return folder
  }
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })

  test('LINDEN_SECRET is used and nothing is written', () => {
    const data = join(newFolder(), 'data')
    expect(secretOf({ secret, data }).toString()).toBe(secret)
    expect(existsSync(data)).toBe(false)
  })

  test('without one it is made once, for its owner alone, and differs from machine to machine', () => {
    const data = join(newFolder(), 'data')
    const made = secretOf({ secret: undefined, data })
    expect(made).toHaveLength(32)
    expect(secretOf({ secret: undefined, data })).toEqual(made)
    expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(data)).toEqual(['secret'])
    expect(secretOf({ secret: undefined, data: newFolder() })).not.toEqual(made)
  })

  test('a damaged file stops the start and is not replaced', () => {
    const data = newFolder()
    writeFileSync(join(data, 'secret'), '')
    expect(() => secretOf({ secret: undefined, data })).toThrow(/does not hold 32 random bytes/)
    expect(statSync(join(data, 'secret')).size).toBe(0)
  })
})
