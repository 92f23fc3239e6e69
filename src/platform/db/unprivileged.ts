import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How a program is run so that PostgreSQL, which refuses to run as root, does not see root. */
export interface Unprivileged {
  /** Words before the command. */
  wrap: readonly string[]
  /** The user to become; then this user must own the data. */
  user: { uid: number; gid: number } | undefined
}

const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

/**
 * As anybody but root: as is. As root: inside a user namespace, where it is "nobody" and may still read root's folders;
 * where namespaces are forbidden (many containers), as the user postgres or nobody.
 * @throws Error where neither is possible
 */
export function unprivileged(allowNamespace = true): Unprivileged {
  if (process.getuid?.() !== 0) return { wrap: [], user: undefined }
  const [first = '', ...rest] = namespace
  if (allowNamespace && spawnSync(first, [...rest, 'true']).status === 0) return { wrap: namespace, user: undefined }
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts().find((row) => row[0] === name) ?? []
    if (uid && gid) return { wrap: [], user: { uid: Number(uid), gid: Number(gid) } }
  }
  throw new Error(
    'The embedded database cannot run as root here: there are neither user namespaces nor a user "postgres" or "nobody". Start Linden as another user, or set DATABASE_URL.',
  )
}

function accounts(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
  } catch {
    return []
  }
}

/** Starts a program as `as` says, away from the current folder and terminal. */
export function launch(as: Unprivileged, program: string, args: readonly string[], output: 'pipe' | number) {
  const [command = program, ...words] = [...as.wrap, program, ...args]
  return spawn(command, words, {
    cwd: '/',
    ...(as.user ?? {}),
    // Of the environment only what finds libraries and time zones: PG… and LC_… would change the server.
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', LC_ALL: 'C' },
    // Its own session: Ctrl-C in the terminal reaches Linden, which stops PostgreSQL in order.
    detached: true,
    stdio: ['ignore', output, output],
  })
}
