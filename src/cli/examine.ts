import { constants, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { createTransport } from 'nodemailer'
import { packParts, packsRoot } from '../main.ts'
import { reasonOf } from '../platform/command-line/frame.ts'
import { type Config, ConfigError, isLoopback, readConfig } from '../platform/config/config.ts'
import { packFolders, readPack } from '../platform/packs/load.ts'
import { examineDatabase } from './examine-database.ts'
import { type Finding, fine, wrong } from './finding.ts'

/** Looks at everything that Linden stands on. Changes nothing; a database that is not running is started for the time of the look. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const node = examineNode()
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [wrong('configuration', error.message), node]
  }
  return [
    fine('configuration', configWords(config)),
    node,
    ...(await examineDatabase(config)),
    examineFolder(config.data),
    await examineFiles(config),
    await examineMail(config),
    ...examinePacks(config),
    examineOpenness(config),
  ]
}

function configWords(config: Config): string {
  const database = config.databaseUrl ? 'DATABASE_URL' : 'embedded database'
  return `${config.url}, ${database}, demo ${config.demo}`
}

function examineNode(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major >= 24) return fine('node', process.version)
  return wrong(
    'node',
    `${process.version} is too old. Install Node 24 or newer, or run npm ci, which brings one along.`,
  )
}

function examineFolder(folder: string): Finding {
  const there = existsSync(folder) ? folder : dirname(folder)
  try {
    const probe = mkdtempSync(join(there, '.linden-doctor-'))
    try {
      writeFileSync(join(probe, 'probe'), 'x')
    } finally {
      rmSync(probe, { recursive: true })
    }
  } catch (error) {
    return wrong(
      'data folder',
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Give it to the user of Linden, or choose another LINDEN_DATA.`,
    )
  }
  const secret = statSync(join(folder, 'secret'), { throwIfNoEntry: false })
  if (secret && (secret.mode & 0o077) !== 0)
    return wrong(
      'data folder',
      `${join(folder, 'secret')} can be read by others. Run: chmod 600 ${join(folder, 'secret')}`,
    )
  return fine('data folder', folder)
}

async function examineFiles({ s3, data }: Config): Promise<Finding> {
  if (!s3) return examineFilesFolder(join(data, 'files'))
  const client = new AwsClient({
    accessKeyId: s3.accessKey,
    secretAccessKey: s3.secretKey,
    region: s3.region,
    service: 's3',
    retries: 0,
  })
  const address = `${s3.endpoint.replace(/\/+$/, '')}/${s3.bucket}`
  try {
    const answer = await client.fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
    if (answer.ok) return fine('files', `bucket ${s3.bucket}`)
    const hint = answer.status === 404 ? 'Make the bucket, or set S3_BUCKET.' : 'Check S3_ACCESS_KEY and S3_SECRET_KEY.'
    return wrong('files', `The bucket ${s3.bucket} answers ${answer.status}. ${hint}`)
  } catch (error) {
    return wrong(
      'files',
      `S3_ENDPOINT does not answer (${reasonOf((error as Error).cause ?? error)}). Is the address right?`,
    )
  }
}

async function examineFilesFolder(folder: string): Promise<Finding> {
  if (!existsSync(folder)) return fine('files', 'none yet')
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return fine('files', folder)
  } catch {
    return wrong('files', `${folder} cannot be read or written. Give it to the user of Linden.`)
  }
}

async function examineMail({ smtpUrl }: Config): Promise<Finding> {
  if (!smtpUrl) return fine('mail', 'SMTP_URL is not set: letters wait in LINDEN_DATA')
  const wait = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 5000 }
  const transport = createTransport({ url: smtpUrl, ...wait })
  try {
    await transport.verify()
    return fine('mail', new URL(smtpUrl).host)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no answer'
    return wrong(
      'mail',
      `The server of SMTP_URL (${new URL(smtpUrl).host}) takes no letters: ${code}. Check address, user and password.`,
    )
  } finally {
    transport.close()
  }
}

function examinePacks({ packs }: Config): Finding[] {
  let folders: string[]
  try {
    folders = packFolders(packsRoot, packs)
  } catch (error) {
    return [wrong('packs', reasonOf(error))]
  }
  if (folders.length === 0) return [fine('packs', 'none wanted (LINDEN_PACKS)')]
  const read = folders.map((folder) => readPack(folder, packParts, new Date()))
  const bad = read.find(({ problems }) => problems.length > 0)
  if (!bad) return [fine('packs', read.map(({ frame }) => frame.id).join(', '))]
  return [
    wrong('packs', `${bad.frame.id} has ${bad.problems.length} mistakes. Run: linden pack check ${bad.frame.folder}`),
  ]
}

/** Who opens a demo, or plain HTTP, to a network should know it. */
function examineOpenness(config: Config): Finding {
  if (isLoopback(config.host)) return fine('network', `only this machine (HOST ${config.host})`)
  if (config.demo !== 'off')
    return wrong(
      'network',
      `The demo and its accounts are open to the network (HOST ${config.host}). Set LINDEN_DEMO=off, or HOST=127.0.0.1.`,
    )
  if (new URL(config.url).protocol !== 'https:')
    return wrong(
      'network',
      `LINDEN_URL ${config.url} is not https: what people write could be read on the way. Put a proxy with TLS in front and set LINDEN_URL.`,
    )
  return fine('network', config.url)
}
