/**
 * Passkeys: signing in with one, and adding one. The rest of both pages works without script; what stands here is shown
 * only in browsers that can.
 */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

interface Descriptor {
  id: string
  type: 'public-key'
  transports?: AuthenticatorTransport[]
}
interface Asked {
  challenge: string
  rpId?: string
  timeout?: number
  userVerification?: UserVerificationRequirement
  allowCredentials?: Descriptor[]
  excludeCredentials?: Descriptor[]
  rp?: PublicKeyCredentialRpEntity
  user?: { id: string; name: string; displayName: string }
  pubKeyCredParams?: PublicKeyCredentialParameters[]
  authenticatorSelection?: AuthenticatorSelectionCriteria
  attestation?: AttestationConveyancePreference
}

class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`refused with ${status}`)
    this.status = status
  }
}

async function ask<T>(address: string, body: object): Promise<T> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Refused(answer.status)
  return (await answer.json()) as T
}

const described = (list: Descriptor[] | undefined) => list?.map((each) => ({ ...each, id: bytesOf(each.id) })) ?? []

async function signIn(back: string): Promise<string> {
  const { challenge, allowCredentials, rpId, timeout, userVerification } = await ask<Asked>(
    '/sign-in/passkey/options',
    {},
  )
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(challenge),
      allowCredentials: described(allowCredentials),
      ...(rpId ? { rpId } : {}),
      ...(timeout ? { timeout } : {}),
      ...(userVerification ? { userVerification } : {}),
    },
  })) as PublicKeyCredential | null
  if (!found) throw new Error('no passkey was chosen')
  const given = found.response as AuthenticatorAssertionResponse
  const response = {
    id: found.id,
    rawId: textOf(found.rawId),
    type: found.type,
    clientExtensionResults: found.getClientExtensionResults(),
    response: {
      clientDataJSON: textOf(given.clientDataJSON),
      authenticatorData: textOf(given.authenticatorData),
      signature: textOf(given.signature),
      ...(given.userHandle ? { userHandle: textOf(given.userHandle) } : {}),
    },
  }
  return (await ask<{ to: string }>('/sign-in/passkey', { response, back })).to
}

async function add(name: string): Promise<string> {
  const { challenge, rp, user, pubKeyCredParams, excludeCredentials, authenticatorSelection, attestation, timeout } =
    await ask<Asked>('/account/passkeys/options', {})
  if (!rp || !user) throw new Error('the server asked for nothing')
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(challenge),
      rp,
      user: { ...user, id: bytesOf(user.id) },
      pubKeyCredParams: pubKeyCredParams ?? [],
      excludeCredentials: described(excludeCredentials),
      ...(authenticatorSelection ? { authenticatorSelection } : {}),
      ...(attestation ? { attestation } : {}),
      ...(timeout ? { timeout } : {}),
    },
  })) as PublicKeyCredential | null
  if (!made) throw new Error('no passkey was made')
  const given = made.response as AuthenticatorAttestationResponse
  const response = {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: textOf(given.clientDataJSON),
      attestationObject: textOf(given.attestationObject),
      transports: given.getTransports(),
    },
  }
  return (await ask<{ to: string }>('/account/passkeys', { response, name })).to
}

function go(to: string): void {
  // To a part of this very page: only loading it again shows what is new.
  if (new URL(to, location.href).pathname === location.pathname) location.reload()
  else location.assign(to)
}

function attend(place: HTMLElement, work: () => Promise<string>): void {
  const button = place.querySelector('button')
  const trouble = place.querySelector<HTMLElement>('[role=alert]')
  button?.addEventListener('click', () => {
    button.disabled = true
    if (trouble) trouble.textContent = ''
    work()
      .then(go)
      .catch((error: unknown) => {
        const stale = error instanceof Refused && error.status === 403 ? trouble?.dataset.stale : undefined
        if (trouble) trouble.textContent = stale ?? trouble.dataset.trouble ?? ''
        button.disabled = false
      })
  })
}

if ('credentials' in navigator && 'PublicKeyCredential' in window) {
  for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    for (const part of [place, ...place.querySelectorAll<HTMLElement>('[hidden]')]) part.hidden = false
    attend(place, () =>
      place.dataset.passkey === 'add'
        ? add(place.querySelector('input')?.value ?? '')
        : signIn(place.dataset.back ?? '/'),
    )
  }
}
