import type { Door } from '../../http/door.ts'
import type { AuthContext } from '../context.ts'
import { accountRoutes } from './account.tsx'
import { passkeyRoutes } from './passkeys.ts'
import { registrationRoutes } from './registration.tsx'
import { secondFactorRoutes } from './second-factor.tsx'
import { serviceRoutes } from './service.ts'
import { signInRoutes } from './sign-in.tsx'

/** All addresses of signing in and of one's own account. @param scopes what a token may be allowed */
export function authRoutes(door: Door, auth: AuthContext, scopes: readonly string[]): void {
  signInRoutes(door, auth)
  passkeyRoutes(door, auth)
  serviceRoutes(door, auth)
  registrationRoutes(door, auth)
  accountRoutes(door, auth, scopes)
  secondFactorRoutes(door, auth)
}
