import { Wedge, longestGap } from './wedge.ts'

interface Listening {
  /** Given each code in the tick in which its last key comes. */
  readonly take: (code: string) => void
  /** What the scanner is set to send first; '' unless given. */
  readonly prefix?: () => string
  /** Whether what is typed here may be a scan; everything unless given. */
  readonly heard?: (target: EventTarget | null) => boolean
  /** Whether this field shows scans, and is emptied by each. */
  readonly shows?: (field: HTMLInputElement) => boolean
}

/**
 * Listens for a scanner among the keys of the whole page. A scan that went into a field, a quantity say, is taken out of
 * it again. Returns how to stop.
 */
export function listenForScans({ take, prefix = () => '', heard, shows }: Listening): () => void {
  let set = prefix()
  let wedge = new Wedge(set)
  /** What a field held before a scanner typed into it. */
  let before: { readonly field: HTMLInputElement; readonly value: string } | null = null
  const hear = (event: KeyboardEvent) => {
    if (event.isComposing || heard?.(event.target) === false) return
    if (set !== prefix()) {
      set = prefix()
      wedge = new Wedge(set)
    }
    const key = wedge.hear(event)
    typedAt = key.kind === 'first' || key.kind === 'more' ? performance.now() : Number.NEGATIVE_INFINITY
    const { target } = event
    if (key.kind === 'first')
      before = target instanceof HTMLInputElement ? { field: target, value: target.value } : null
    if (key.kind !== 'scan') return
    // Enter would press the button that has the focus, Tab would move it.
    event.preventDefault()
    event.stopPropagation()
    // Put back first where what is taken may change the field.
    if (before !== null) write(before.field, shows?.(before.field) === true ? '' : before.value)
    before = null
    take(key.code)
  }
  document.addEventListener('keydown', hear, { capture: true })
  return () => document.removeEventListener('keydown', hear, { capture: true })
}

/** When a key came last that may be part of a scan. */
let typedAt = Number.NEGATIVE_INFINITY

/**
 * Waits until no scan is being typed. What becomes of the one before is entered in between: a scan puts back what its
 * field held at its first key, and would take back what was entered since.
 */
export async function whenNoScanIsTyped(): Promise<void> {
  while (performance.now() - typedAt <= longestGap) await new Promise((done) => setTimeout(done, longestGap))
}

/** As if typed, so that React hears of it. */
function write(field: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
