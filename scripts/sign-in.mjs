import { createHmac } from 'node:crypto'

/**
 * Signs a demo account in, with its second factor where it has one.
 * @param {string} back address that is opened afterwards
 * @param {{ stopAtCode?: boolean }} options `stopAtCode`: stays on the page that asks for the code
 */
export async function signIn(page, { accounts }, email, back = '/', { stopAtCode = false } = {}) {
  const account = accounts.find((each) => each.email === email)
  if (!account) throw new Error(`There is no demo account ${email}.`)
  await page.goto(`/sign-in?back=${encodeURIComponent(back)}`)
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.press('[name=password]', 'Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  if (!account.totpSecret || stopAtCode) return
  await page.fill('[name=code]', codeOf(account.totpSecret))
  await page.press('[name=code]', 'Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** The code of this half minute (RFC 6238: SHA-1, six digits). @param {string} secret in base32 */
export function codeOf(secret, at = Date.now()) {
  const bits = [...secret.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
