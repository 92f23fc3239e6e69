/** Digits and letters that nobody takes for one another on the telephone. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number that people say on the telephone: fifty bits of the random part of a request's id, `7K3QD-2MWXR`. */
export function referenceOf(id: string): string {
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-13)}`)
  const letters = Array.from({ length: 10 }, (_, at) => signs[Number((bits >> BigInt(at * 5)) & 31n)] ?? '0')
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}
