/** One environment variable, as the documentation and `linden --help` show it. */
export interface Variable {
  name: string
  /** What holds where it is not set; undefined where nothing does. */
  default: string | undefined
  about: string
  /** Its value is never repeated in a message or a log. */
  secret?: true
}

/** Every environment variable that Linden reads, in the order in which people meet them. */
export const variables = [
  { name: 'PORT', default: '3000', about: 'Port of the web server.' },
  {
    name: 'HOST',
    default: '127.0.0.1',
    about: 'Address the web server listens on; 0.0.0.0 opens it to the network.',
  },
  { name: 'LINDEN_URL', default: 'http://localhost:PORT', about: 'Address under which people reach this instance.' },
  {
    name: 'LINDEN_DATA',
    default: './data',
    about: 'Folder for the embedded database, files, letters that wait, and the secret.',
  },
  {
    name: 'DATABASE_URL',
    default: undefined,
    about: 'PostgreSQL 18 of your own (postgres://owner:password@host/name) instead of the embedded one.',
    secret: true,
  },
  {
    name: 'LINDEN_SECRET',
    default: 'generated in LINDEN_DATA/secret',
    about:
      'What sessions, links and the database role are signed with: 32 characters or more, the same on every server.',
    secret: true,
  },
  {
    name: 'LINDEN_PACKS',
    default: 'all where the demo runs, else none',
    about: 'Regions to load: ids or folders, separated by commas, or "all".',
  },
  {
    name: 'LINDEN_DEMO',
    default: 'small with the embedded database on loopback, else off',
    about: 'Demo data and demo accounts: off, small, town, region or nation.',
  },
  { name: 'LINDEN_OIDC_ISSUER', default: undefined, about: 'Sign-in with an identity provider: its address.' },
  { name: 'LINDEN_OIDC_CLIENT_ID', default: undefined, about: 'The client that the identity provider knows.' },
  { name: 'LINDEN_OIDC_CLIENT_SECRET', default: undefined, about: 'The secret of that client.', secret: true },
  { name: 'LINDEN_OIDC_NAME', default: 'OpenID', about: 'What the sign-in button calls the identity provider.' },
  {
    name: 'SMTP_URL',
    default: undefined,
    about: 'Mail server (smtp:// or smtps://); without one, letters wait in LINDEN_DATA.',
    secret: true,
  },
  { name: 'S3_ENDPOINT', default: undefined, about: 'Object storage for files; without one, they lie in LINDEN_DATA.' },
  { name: 'S3_BUCKET', default: undefined, about: 'Bucket of the object storage.' },
  { name: 'S3_ACCESS_KEY', default: undefined, about: 'Access key of the object storage.', secret: true },
  { name: 'S3_SECRET_KEY', default: undefined, about: 'Secret key of the object storage.', secret: true },
  { name: 'S3_REGION', default: 'us-east-1', about: 'Region of the object storage.' },
  { name: 'LINDEN_BACKUP_KEY', default: undefined, about: 'Encrypts backups: 16 characters or more.', secret: true },
  { name: 'LINDEN_POOL', default: '10', about: 'Connections to the database per process, 1 to 200.' },
  {
    name: 'LINDEN_PREPARE',
    default: 'on',
    about: 'off where DATABASE_URL leads through PgBouncer in transaction mode: it loses prepared statements.',
  },
  { name: 'LOG_LEVEL', default: 'info', about: 'How much is logged: fatal, error, warn, info, debug or silent.' },
] as const satisfies readonly Variable[]

export type VariableName = (typeof variables)[number]['name']

/** Read by the checks of the repository, not by the program; known so that setting them is no error. */
export const variablesOfTests: readonly string[] = ['LINDEN_SHARED']
