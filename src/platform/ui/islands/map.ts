import {
  circleMarker,
  type GeoJSON,
  geoJSON,
  type LatLngTuple,
  type Layer,
  type Map as LeafletMap,
  latLngBounds,
  map as leafletMap,
} from 'leaflet'
import 'leaflet/dist/leaflet.css'
import './map.css'

/*
 * Draws the hits of a list on a map: no tiles, nothing from elsewhere, only boundaries of our own and the points that stand at the
 * list's items. So map and list can only show the same.
 */
for (const place of document.querySelectorAll<HTMLElement>('.ln-map[data-list]')) draw(place)

function draw(place: HTMLElement): void {
  place.hidden = false
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = leafletMap(place, {
    attributionControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    scrollWheelZoom: false,
    minZoom: 5,
    maxZoom: 17,
    zoomSnap: 0.25,
  })
  place.setAttribute('role', 'region')
  place.setAttribute('aria-label', place.dataset.label ?? '')
  const points = drawHits(map, document.getElementById(place.dataset.list ?? ''))
  const fit = (bounds: ReturnType<typeof latLngBounds>) => {
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { maxZoom: 13, animate: false })
  }
  map.setView([50, 20], 5)
  fit(latLngBounds(points))
  void drawBoundaries(map, place.dataset.boundaries).then((boundaries) => {
    if (boundaries && points.length === 0) fit(boundaries.getBounds())
  })
}

/** Each item of the list that has points becomes one mark for each; a mark leads to its item. @returns all points */
function drawHits(map: LeafletMap, list: HTMLElement | null): LatLngTuple[] {
  const all: LatLngTuple[] = []
  for (const item of list?.querySelectorAll<HTMLElement>('[data-points]') ?? []) {
    const numbers = (item.dataset.points ?? '').split(' ').map(Number)
    const link = item.querySelector('a')
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      const point: LatLngTuple = [numbers[at + 1] ?? 0, numbers[at] ?? 0]
      all.push(point)
      const mark = circleMarker(point, { radius: 9, className: 'ln-map-mark' }).addTo(map)
      mark.bindPopup(() => popup(link, item))
      reachable(mark, link?.textContent?.trim() ?? '')
    }
  }
  return all
}

/** A mark can be reached and opened by keyboard, and says its name. */
function reachable(mark: Layer & { getElement?: () => Element | undefined; openPopup(): unknown }, name: string): void {
  const element = mark.getElement?.()
  if (!element) return
  element.setAttribute('tabindex', '0')
  element.setAttribute('role', 'button')
  element.setAttribute('aria-label', name)
  element.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    mark.openPopup()
  })
}

/** The same link and line of facts as in the list. */
function popup(link: HTMLAnchorElement | null, item: HTMLElement): HTMLElement {
  const box = document.createElement('div')
  if (link) {
    const copy = document.createElement('a')
    copy.href = link.href
    copy.textContent = link.textContent
    box.append(copy)
  }
  const facts = item.querySelector('.ln-quiet')
  if (facts) {
    const line = document.createElement('p')
    line.textContent = facts.textContent
    box.append(line)
  }
  return box
}

async function drawBoundaries(map: LeafletMap, address: string | undefined): Promise<GeoJSON | undefined> {
  if (!address) return undefined
  try {
    const answer = await fetch(address)
    if (!answer.ok) return undefined
    return geoJSON(await answer.json(), { interactive: false, style: () => ({ className: 'ln-map-area' }) })
      .addTo(map)
      .bringToBack()
  } catch {
    // without boundaries the points still stand where they are
    return undefined
  }
}
