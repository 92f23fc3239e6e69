/** Drawings on a grid of 24, lines only, own work. They stand beside words and say nothing alone. */
const drawings = {
  arrow: <path d="M5 12h14M13 6l6 6-6 6" />,
  back: <path d="M19 12H5M11 6l-6 6 6 6" />,
  bed: (
    <>
      <path d="M3 18v-8M3 14h18v4M21 14c0-3-2-4-5-4h-5v4" />
      <circle cx="7" cy="11" r="1.5" />
    </>
  ),
  book: <path d="M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14" />,
  calendar: (
    <>
      <rect x="3.5" y="5" width="17" height="15.5" rx="2" />
      <path d="M3.5 10h17M8 3v4M16 3v4" />
    </>
  ),
  chart: <path d="M5 20V10M12 20V4M19 20v-7" />,
  document: <path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6" />,
  download: <path d="M12 4v11M7 11l5 5 5-5M4 20h16" />,
  edit: <path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5" />,
  falling: <path d="M12 5v14M6.5 13.5 12 19l5.5-5.5" />,
  globe: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17" />
    </>
  ),
  home: <path d="M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6" />,
  inbox: <path d="M4 5h16l1 9v5H3v-5zM3 14h5l1.5 2.5h5L16 14h5" />,
  leave: <path d="M10 4H5v16h5M10 12h10M16 8l4 4-4 4" />,
  mail: (
    <>
      <rect x="3" y="5.5" width="18" height="13" rx="1.5" />
      <path d="m3.5 7 8.5 6.5L20.5 7" />
    </>
  ),
  map: <path d="M9 4 3.5 6.5v13L9 17l6 2.5 5.5-2.5V4L15 6.5zM9 4v13M15 6.5v13" />,
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  more: <path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3" />,
  organisation: (
    <>
      <rect x="9" y="3" width="6" height="5" rx="1" />
      <rect x="3" y="16" width="6" height="5" rx="1" />
      <rect x="15" y="16" width="6" height="5" rx="1" />
      <path d="M12 8v4M6 16v-4h12v4" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8" r="3.5" />
      <path d="M2.5 20c.4-3.7 3.1-6 6.5-6s6.1 2.3 6.5 6M15.5 4.9a3.5 3.5 0 0 1 0 6.2M18 14.6c2 .8 3.3 2.7 3.5 5.4" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.5-4.2 3.6-6.5 7.5-6.5s7 2.3 7.5 6.5" />
    </>
  ),
  phone: (
    <path d="M5 4h4l1.5 5L8 10.5c1 2.5 3 4.5 5.5 5.5L15 13.5l5 1.5v4c0 .6-.4 1-1 1C11 20 4 13 4 5c0-.6.4-1 1-1z" />
  ),
  pin: (
    <>
      <path d="M12 21c-4-4.5-6.5-7.8-6.5-11a6.5 6.5 0 0 1 13 0c0 3.2-2.5 6.5-6.5 11z" />
      <circle cx="12" cy="10" r="2.3" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  print: <path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z" />,
  referral: <path d="M4 12h14M13 6l6 6-6 6" />,
  rising: <path d="M12 19V5M6.5 10.5 12 5l5.5 5.5" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5 5" />
    </>
  ),
  settings: (
    <>
      <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
      <circle cx="16" cy="7" r="2.5" />
      <circle cx="8" cy="17" r="2.5" />
    </>
  ),
  speech: <path d="M4 5h16v11H9l-5 4z" />,
  today: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1" />
    </>
  ),
} as const

export type IconName = keyof typeof drawings

/** A small drawing beside a word; hidden from screen readers, which have the word. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="ln-i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  )
}

/** The linden leaf: the mark of the platform, and large and faint as a print on the first door of the front page. */
export function Mark({ print = false }: { print?: boolean }) {
  return (
    <svg class={print ? 'ln-leafprint' : 'ln-mark'} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        fill="currentColor"
        d="M15.3 9.1C13 5.3 6.9 4.9 4 9c-3.1 4.5-.7 11.1 3.6 15.1 2.8 2.6 6.3 3.5 8.6 6.9 1.7-3.1 4.6-4.4 7.3-7.2 4.3-4.4 6.7-10.6 3.9-14.7C24.7 5.3 18.2 5.2 15.3 9.1Z"
      />
      <path
        class="ln-veins"
        fill="none"
        stroke-width="1.3"
        stroke-linecap="round"
        d="M15.4 10.2c.3 5 .5 10.3.8 16.8M15.5 13.8c-2.5-1.9-4.9-2.8-7.7-3.1M15.7 18.6c-2.3-1.5-4.6-2.3-7.1-2.4M15.6 14.8c2.4-2.2 4.9-3.3 8-3.6M15.9 20c2.1-1.9 4.3-2.8 6.8-3.1"
      />
      <path
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        d="M15.3 9.3C15.2 6.3 14.6 3.8 12.8 1.5"
      />
    </svg>
  )
}
