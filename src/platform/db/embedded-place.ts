import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { writeOnce } from '../config/write-once.ts'
import { binariesFolder, openBinaries, openToAll } from './binaries.ts'
import { launch, type Unprivileged, unprivileged } from './unprivileged.ts'

/** Where one embedded server lives and how it is run. */
export interface Place {
  base: string
  /** PostgreSQL's own folder; there only once it is whole. */
  data: string
  /** Folder of the socket. */
  socket: string
  log: string
  password: string
  binaries: string
  as: Unprivileged
}

/** A socket's address has about 107 characters; longer paths get a socket in the folder for temporary files. */
const longestSocketFolder = 80

/** Makes the folders of an embedded server and finds its binaries. @throws Error that says what stands in the way */
export async function preparePlace(folder: string, allowNamespace = true): Promise<Place> {
  if (process.platform === 'win32')
    throw new Error('The embedded database does not run on Windows yet. Set DATABASE_URL to a PostgreSQL 18.')
  const as = unprivileged(allowNamespace)
  let binaries = await binariesFolder()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let base = realpathSync(resolve(folder))
  if (as.user) {
    binaries = openBinaries(binaries)
    if (!openToAll(dirname(base))) base = join('/var/lib/linden', shortHash(base))
  }
  const inside = join(base, 'run')
  const socket = inside.length <= longestSocketFolder ? inside : `/tmp/linden-${shortHash(base)}`
  own(base, as)
  const file = join(base, 'password')
  if (!existsSync(file) && existsSync(join(base, 'data', 'PG_VERSION')))
    throw new Error(`${file} is missing, without it the database cannot be opened. Put it back from a backup.`)
  const password = (existsSync(file) ? readFileSync(file, 'utf8') : writeOnce(file, newPassword())).trim()
  return { base, data: join(base, 'data'), socket, log: join(base, 'log'), password, binaries, as }
}

const shortHash = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 12)
const newPassword = () => `${randomBytes(24).toString('base64url')}\n`

/** Makes a folder that only the server's user may enter; one that somebody else laid out is refused. */
function own(path: string, as: Unprivileged): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { uid = process.getuid?.() ?? 0, gid = process.getgid?.() ?? 0 } = as.user ?? {}
  const found = lstatSync(path)
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== (process.getuid?.() ?? 0)))
    throw new Error(
      `${path} belongs to somebody else. Choose another LINDEN_DATA, or give the folder to the user of Linden.`,
    )
  chmodSync(path, 0o700)
  if (as.user) chownSync(path, uid, gid)
}

/** Only while holding the mutex of the folder. */
export const openSocketFolder = (place: Place) => own(place.socket, place.as)

/** Leaves nothing in the folder for temporary files. Only while holding the mutex of the folder. */
export function closeSocketFolder(place: Place): void {
  if (serverPid(place) !== undefined || dirname(place.socket) === place.base) return
  try {
    rmdirSync(place.socket)
  } catch {
    // Somebody put something there, or it is gone already.
  }
}

/** Whether PostgreSQL's folder is whole. */
export const isInitialised = (place: Place) => existsSync(join(place.data, 'PG_VERSION'))

/**
 * Makes PostgreSQL's folder: beside, then renamed, so that a cut leaves nothing half made.
 * `--lc-ctype=C.UTF-8` is what lets pg_trgm see Cyrillic; the built-in provider gives upper and lower case.
 */
export async function initialise(place: Place): Promise<void> {
  removeLeftovers(place)
  const beside = `${place.data}.${process.pid}.${randomBytes(4).toString('hex')}`
  const passwordFile = `${beside}.password`
  writeFileSync(passwordFile, `${place.password}\n`, { mode: 0o600, flag: 'wx' })
  if (place.as.user) chownSync(passwordFile, place.as.user.uid, place.as.user.gid)
  try {
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8']
    const login = ['--username=owner', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    const rest = ['--encoding=UTF8', '--data-checksums', '--no-instructions']
    const program = join(place.binaries, 'bin', 'initdb')
    const child = launch(place.as, program, ['-D', beside, ...login, ...locale, ...rest], 'pipe')
    const ended = new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail))
    const [code, said] = await Promise.all([ended, child.stderr ? text(child.stderr) : '', child.stdout?.resume()])
    if (code !== 0) throw new Error(`The database could not be made in ${place.base}: ${said.trim()}`)
    renameSync(beside, place.data)
    syncFolder(place.base)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(beside, { recursive: true, force: true })
  }
}

/** What starters that were cut off left behind. */
function removeLeftovers(place: Place): void {
  for (const name of readdirSync(place.base))
    if (/^data\.\d+\.[0-9a-f]{8}(\.password)?$/.test(name))
      rmSync(join(place.base, name), { recursive: true, force: true, maxRetries: 3 })
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

const pidFile = (place: Place) => join(place.data, 'postmaster.pid')

/**
 * The process id of the server that runs on this folder now, whoever started it; undefined where none runs.
 * A number that meanwhile belongs to another program (containers give the same ones again) does not count.
 */
export function serverPid(place: Place): number | undefined {
  const pid = pidInFile(place)
  if (pid === undefined) return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  if (process.platform !== 'linux') return pid
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === place.data ? pid : undefined
  } catch {
    return readOr(`/proc/${pid}/comm`).trim() === 'postgres' ? pid : undefined
  }
}

/** The process id that the lock file of PostgreSQL names, alive or not. */
export function pidInFile(place: Place): number | undefined {
  const pid = Number(readOr(pidFile(place)).split('\n')[0])
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
}

/** Removes the lock file of a server that is gone. Only while holding the mutex of the folder. */
export const removePidFile = (place: Place) => rmSync(pidFile(place), { force: true })

export function readOr(path: string, otherwise = ''): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
