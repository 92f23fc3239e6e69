import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/**
 * Makes a screenshot small: at most 256 colours, kept by how often they occur, every other pixel takes the nearest.
 * @param {Buffer} png 8 bits a channel, RGB or RGBA, not interlaced, as Chromium writes it
 * @returns {Buffer} the same picture with a palette, without transparency
 */
export function shrink(png) {
  const { width, height, pixels } = decode(png)
  const { palette, nearest } = paletteOf(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest(pixels[y * width + x])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** The pixels as 0xRRGGBB. @throws Error for kinds of PNG that Chromium does not write */
function decode(png) {
  const data = []
  let width = 0
  let height = 0
  let channels = 0
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const content = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = content.readUInt32BE(0)
      height = content.readUInt32BE(4)
      channels = { 2: 3, 6: 4 }[content[9]]
      if (content[8] !== 8 || !channels || content[12] !== 0) throw new Error('This kind of PNG is not read here.')
    } else if (type === 'IDAT') data.push(content)
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const lines = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) unfilter(raw, lines, y, stride, channels)
  const pixels = new Uint32Array(width * height)
  for (let i = 0; i < pixels.length; i++) pixels[i] = lines.readUIntBE(i * channels, 3)
  return { width, height, pixels }
}

/** One line, as section 9 of the PNG specification undoes its filter. */
function unfilter(raw, lines, y, stride, channels) {
  const filter = raw[y * (stride + 1)]
  for (let x = 0; x < stride; x++) {
    const left = x >= channels ? lines[y * stride + x - channels] : 0
    const up = y > 0 ? lines[(y - 1) * stride + x] : 0
    const corner = y > 0 && x >= channels ? lines[(y - 1) * stride + x - channels] : 0
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
    lines[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess
  }
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function paletteOf(pixels) {
  const counts = new Map()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 256)
    .map(([colour]) => colour)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  const nearest = (pixel) => {
    const known = places.get(pixel)
    if (known !== undefined) return known
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [place, colour] of palette.entries()) {
      const [red, green, blue] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((pixel >> shift) & 255))
      const distance = 2 * red * red + 4 * green * green + 3 * blue * blue
      if (distance < least) [best, least] = [place, distance]
    }
    places.set(pixel, best)
    return best
  }
  return { palette, nearest }
}
