/** Does the sender read JSON rather than pages? */
export function wantsJson(request: Request): boolean {
  return /^\/(api|hsds|fhir|open)\//.test(new URL(request.url).pathname)
}
