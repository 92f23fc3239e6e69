type Point = [number, number]

/** The field in which a line is drawn: its own measures, whatever the screen. */
const across = 1000
const down = 300
/** As many points of all strokes are kept; a signature has some hundred. */
const most = 4000

for (const place of document.querySelectorAll<HTMLElement>('[data-signature]')) begin(place)

/** Turns the hidden field into something to draw in. */
function begin(place: HTMLElement): void {
  const field = place.querySelector<HTMLInputElement>('input[data-strokes]')
  if (!field) return
  const canvas = document.createElement('canvas')
  canvas.width = across
  canvas.height = down
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', place.dataset.label ?? '')
  Object.assign(canvas.style, {
    display: 'block',
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '40rem',
    border: '2px solid currentColor',
    borderRadius: '6px',
    touchAction: 'none',
    cursor: 'crosshair',
  })
  const again = document.createElement('button')
  again.type = 'button'
  again.className = 'ds-button'
  again.dataset.variant = 'secondary'
  again.textContent = place.dataset.clear ?? ''
  place.append(canvas, again)

  const strokes = read(field.value)
  const keep = () => {
    field.value = strokes.length ? JSON.stringify(strokes) : ''
    draw(canvas, strokes)
  }
  let current: Point[] | undefined
  const add = (event: PointerEvent) => {
    const point = pointOf(canvas, event)
    const last = current?.at(-1)
    const full = strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= most
    if (!current || full || (last && Math.hypot(last[0] - point[0], last[1] - point[1]) < 3)) return
    current.push(point)
    draw(canvas, strokes)
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (strokes.length >= 100) return
    canvas.setPointerCapture(event.pointerId)
    current = []
    strokes.push(current)
    add(event)
  })
  canvas.addEventListener('pointermove', add)
  for (const over of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(over, () => {
      current = undefined
      keep()
    })
  again.addEventListener('click', () => {
    strokes.length = 0
    keep()
  })
  keep()
}

/** What was drawn before the form came back. */
function read(typed: string): Point[][] {
  try {
    const held: unknown = JSON.parse(typed)
    return Array.isArray(held) ? (held as Point[][]) : []
  } catch {
    return []
  }
}

function pointOf(canvas: HTMLCanvasElement, event: PointerEvent): Point {
  const box = canvas.getBoundingClientRect()
  const at = (share: number, size: number) => Math.max(0, Math.min(size, Math.round(share * size)))
  return [at((event.clientX - box.left) / box.width, across), at((event.clientY - box.top) / box.height, down)]
}

function draw(canvas: HTMLCanvasElement, strokes: readonly Point[][]): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.clearRect(0, 0, across, down)
  pen.strokeStyle = getComputedStyle(canvas).color
  pen.lineWidth = 6
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const stroke of strokes) {
    pen.beginPath()
    for (const [at, [x, y]] of stroke.entries()) at === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)
    const [only] = stroke
    if (stroke.length === 1 && only) pen.lineTo(only[0] + 1, only[1])
    pen.stroke()
  }
}

export {}
