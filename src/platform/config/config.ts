import { resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { type Variable, type VariableName, variables, variablesOfTests } from './variables.ts'

export { ConfigError } from './config-error.ts'
export { secretOf } from './secret.ts'
export { type Variable, type VariableName, variables } from './variables.ts'

export const demoSizes = ['off', 'small', 'town', 'region', 'nation'] as const
export type DemoSize = (typeof demoSizes)[number]
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** Everything that one instance may decide for itself. Read once, at the start. */
export interface Config {
  port: number
  host: string
  /** Address under which people reach this instance, without a slash at the end. */
  url: string
  /** Absolute path of the data folder. */
  data: string
  /** Absent: the embedded database in the data folder. */
  databaseUrl: string | undefined
  /** Absent: a generated one, see `secretOf`. */
  secret: string | undefined
  packs: readonly string[] | 'all'
  demo: DemoSize
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined
  smtpUrl: string | undefined
  s3: { endpoint: string; bucket: string; accessKey: string; secretKey: string; region: string } | undefined
  backupKey: string | undefined
  /** Connections of this process as the program; the owner has a few of its own. */
  pool: number
  /** Whether statements are prepared by name. */
  prepare: boolean
  logLevel: (typeof logLevels)[number]
}

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((n) => n >= from && n <= to)

const address = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))

/** What each variable may hold, and those words for the person who set it otherwise. */
const allowed = {
  PORT: [whole(0, 65535), 'a number from 0 to 65535'],
  HOST: [z.string().regex(/^[\w.:-]+$/), 'an address or host name such as 127.0.0.1 or 0.0.0.0'],
  LINDEN_URL: [address('http:', 'https:'), 'an address that starts with http:// or https://'],
  LINDEN_DATA: [z.string().refine((path) => !path.includes('\0')), 'the path of a folder'],
  DATABASE_URL: [address('postgres:', 'postgresql:'), 'an address such as postgres://owner:password@host:5432/linden'],
  LINDEN_SECRET: [z.string().min(32), '32 characters or more'],
  LINDEN_PACKS: [z.string(), 'ids or folders of packs, separated by commas, or "all"'],
  LINDEN_DEMO: [z.enum(demoSizes), demoSizes.join(', ')],
  LINDEN_OIDC_ISSUER: [address('http:', 'https:'), 'an address that starts with https://'],
  LINDEN_OIDC_CLIENT_ID: [z.string(), 'a text'],
  LINDEN_OIDC_CLIENT_SECRET: [z.string(), 'a text'],
  LINDEN_OIDC_NAME: [z.string().max(60), 'a name of at most 60 characters'],
  SMTP_URL: [address('smtp:', 'smtps:'), 'an address such as smtp://user:password@host:587'],
  S3_ENDPOINT: [address('http:', 'https:'), 'an address that starts with http:// or https://'],
  S3_BUCKET: [z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), 'the name of a bucket'],
  S3_ACCESS_KEY: [z.string(), 'a text'],
  S3_SECRET_KEY: [z.string(), 'a text'],
  S3_REGION: [z.string(), 'a text'],
  LINDEN_BACKUP_KEY: [z.string().min(16), '16 characters or more'],
  LINDEN_POOL: [whole(1, 200), 'a number from 1 to 200'],
  LINDEN_PREPARE: [z.enum(['on', 'off']), 'on, off'],
  LOG_LEVEL: [z.enum(logLevels), logLevels.join(', ')],
} as const satisfies Record<VariableName, readonly [z.ZodType, string]>

type Value<N extends VariableName> = z.output<(typeof allowed)[N][0]>

/**
 * Reads every variable; an empty one counts as not set.
 * @throws ConfigError for the first that is wrong, unknown (LINDEN_…) or lacks its companions
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  refuseUnknown(env)
  const read = <N extends VariableName>(name: N): Value<N> | undefined => {
    const given = env[name]
    if (given === undefined || given === '') return undefined
    const [schema, words] = allowed[name]
    const result = schema.safeParse(given)
    if (result.success) return result.data as Value<N>
    const known: Variable | undefined = variables.find((variable) => variable.name === name)
    const shown = known?.secret ? 'is set to a value that is not allowed' : `is ${JSON.stringify(given)}`
    throw new ConfigError(name, `${name} ${shown}. Allowed: ${words}.`)
  }

  const port = read('PORT') ?? 3000
  const host = read('HOST') ?? '127.0.0.1'
  const databaseUrl = read('DATABASE_URL')
  const url = (read('LINDEN_URL') ?? `http://localhost:${port}`).replace(/\/+$/, '')
  const demo = read('LINDEN_DEMO') ?? (!databaseUrl && staysHere({ host, url }) ? 'small' : 'off')
  return {
    port,
    host,
    url,
    data: resolve(read('LINDEN_DATA') ?? './data'),
    databaseUrl,
    secret: read('LINDEN_SECRET'),
    packs: packsFrom(read('LINDEN_PACKS') ?? (demo === 'off' ? '' : 'all')),
    demo,
    oidc: together(
      env,
      {
        issuer: ['LINDEN_OIDC_ISSUER', read('LINDEN_OIDC_ISSUER')],
        clientId: ['LINDEN_OIDC_CLIENT_ID', read('LINDEN_OIDC_CLIENT_ID')],
        clientSecret: ['LINDEN_OIDC_CLIENT_SECRET', read('LINDEN_OIDC_CLIENT_SECRET')],
      },
      { name: read('LINDEN_OIDC_NAME') ?? 'OpenID' },
    ),
    smtpUrl: read('SMTP_URL'),
    s3: together(
      env,
      {
        endpoint: ['S3_ENDPOINT', read('S3_ENDPOINT')],
        bucket: ['S3_BUCKET', read('S3_BUCKET')],
        accessKey: ['S3_ACCESS_KEY', read('S3_ACCESS_KEY')],
        secretKey: ['S3_SECRET_KEY', read('S3_SECRET_KEY')],
      },
      { region: read('S3_REGION') ?? 'us-east-1' },
    ),
    backupKey: read('LINDEN_BACKUP_KEY'),
    pool: read('LINDEN_POOL') ?? 10,
    prepare: (read('LINDEN_PREPARE') ?? 'on') === 'on',
    logLevel: read('LOG_LEVEL') ?? 'info',
  }
}

/** Whether only this machine can reach a server that listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Whether people reach the program from this machine alone: neither by its own address nor through a proxy that LINDEN_URL names. */
export function staysHere({ host, url }: Pick<Config, 'host' | 'url'>): boolean {
  return isLoopback(host) && isLoopback(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'))
}

const packsFrom = (list: string): readonly string[] | 'all' => {
  const packs = list
    .split(',')
    .map((pack) => pack.trim())
    .filter(Boolean)
  return packs.includes('all') ? 'all' : packs
}

/** A group of variables that makes sense only whole: all of them, or none. */
function together<K extends string, E>(
  env: NodeJS.ProcessEnv,
  group: Record<K, [VariableName, string | undefined]>,
  extra: E,
): (Record<K, string> & E) | undefined {
  const members = Object.entries(group) as [K, [VariableName, string | undefined]][]
  const set = members.filter(([, [, value]]) => value !== undefined)
  if (set.length === 0) return undefined
  const missing = members.find(([, [name]]) => !env[name])
  if (missing) {
    const [, [name]] = missing
    const others = set.map(([, [other]]) => other).join(', ')
    throw new ConfigError(name, `${name} is not set, but ${others} is. Set all of ${names(members)}, or none.`)
  }
  return { ...(Object.fromEntries(members.map(([key, [, value]]) => [key, value])) as Record<K, string>), ...extra }
}

const names = (members: [string, [string, unknown]][]) => members.map(([, [name]]) => name).join(', ')

function refuseUnknown(env: NodeJS.ProcessEnv): void {
  const known: string[] = [...variables.map((variable) => variable.name), ...variablesOfTests]
  for (const name of Object.keys(env)) {
    if (!name.startsWith('LINDEN_') || known.includes(name)) continue
    const own = known.filter((other) => other.startsWith('LINDEN_') && !variablesOfTests.includes(other))
    throw new ConfigError(name, `${name} is not a variable that Linden knows. Allowed: ${own.join(', ')}.`)
  }
}
