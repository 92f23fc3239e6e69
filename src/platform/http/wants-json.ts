/** Does the sender read JSON rather than pages? Feeds and calendars among the open data are read by programs of people, which are told by a page. */
export function wantsJson(request: Request): boolean {
  return /^\/(api|hsds|fhir|open)\/(?!.*\.(atom|ics)$)/.test(new URL(request.url).pathname)
}
