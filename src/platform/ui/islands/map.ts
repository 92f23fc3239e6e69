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
for (const place of document.querySelectorAll<HTMLElement>('.ln-map-place[data-list]')) draw(place)

function draw(place: HTMLElement): void {
  place.replaceChildren()
  place.classList.add('ln-map')
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
  // marks have an element, which the keyboard can reach, only once the map looks somewhere
  map.setView([50, 20], 5)
  const points = drawHits(map, document.getElementById(place.dataset.list ?? ''))
  const show = (bounds: ReturnType<typeof latLngBounds>) => {
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { maxZoom: 13, animate: false })
  }
  show(latLngBounds(points))
  void drawBoundaries(map, place.dataset.boundaries).then((boundaries) => {
    if (boundaries && points.length === 0) show(boundaries.getBounds())
  })
}

/** Every point of the list's items becomes one mark; a mark leads to all items that are there. @returns all points */
function drawHits(map: LeafletMap, list: HTMLElement | null): LatLngTuple[] {
  const there = new Map<string, { point: LatLngTuple; items: HTMLElement[] }>()
  for (const item of list?.querySelectorAll<HTMLElement>('[data-points]') ?? []) {
    const numbers = (item.dataset.points ?? '').split(' ').map(Number)
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      const point: LatLngTuple = [numbers[at + 1] ?? 0, numbers[at] ?? 0]
      const known = there.get(String(point))
      if (known) known.items.push(item)
      else there.set(String(point), { point, items: [item] })
    }
  }
  for (const { point, items } of there.values()) {
    const mark = circleMarker(point, { radius: items.length > 1 ? 12 : 9, className: 'ln-map-mark' }).addTo(map)
    mark.bindPopup(() => popup(items), { maxHeight: 220 })
    reachable(mark, items.map((item) => item.querySelector('a')?.textContent?.trim() ?? '').join(', '))
  }
  return [...there.values()].map(({ point }) => point)
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

/** The same links and lines of facts as in the list. */
function popup(items: readonly HTMLElement[]): HTMLElement {
  const box = document.createElement('ul')
  box.className = 'ln-plain'
  for (const item of items) {
    const entry = document.createElement('li')
    const link = item.querySelector('a')
    if (link) {
      const copy = document.createElement('a')
      copy.href = link.href
      copy.textContent = link.textContent
      entry.append(copy)
    }
    const facts = item.querySelector('.ln-quiet')
    if (facts) {
      const line = document.createElement('p')
      line.textContent = facts.textContent
      entry.append(line)
    }
    box.append(entry)
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
