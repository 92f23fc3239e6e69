/**
 * The sign under which somebody from a waiting list of intake stands on that of an offer: letters for the digits of an id, so that it is no
 * number that a state gives, behind a digit, which every sign has.
 */
export function waitingSign(id: string): string {
  const letters = [...id.replaceAll('-', '').toLowerCase()].map((digit) =>
    String.fromCharCode(97 + Number.parseInt(digit, 16)),
  )
  return `1-${letters.join('')}`
}
