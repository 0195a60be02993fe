import { separator } from './gs1.ts'

/** Fewer characters are a person's. */
const leastCharacters = 4
/** Between two keys of a scanner, in ms; people who type fast leave 80 and more. */
export const longestGap = 35
/** A scanner that begins with a prefix is known by it; so long (ms) may a key then take. */
const longestGapWithPrefix = 500

export interface Key {
  /** As in `KeyboardEvent.key`. */
  readonly key: string
  readonly ctrlKey?: boolean
  readonly altKey?: boolean
  readonly metaKey?: boolean
  /** When, in ms: `KeyboardEvent.timeStamp`. */
  readonly timeStamp: number
}

/** What a key was: part of something, the first one of a possible scan, or the end of a scan. */
export type Heard =
  | { readonly kind: 'other' }
  | { readonly kind: 'first' }
  | { readonly kind: 'more' }
  | { readonly kind: 'scan'; readonly code: string }

/**
 * Tells a scanner that plays keyboard from a person at one: at least 4 characters, at most 35 ms apart, ended by
 * Enter or Tab. With a prefix set in scanner and settings, whatever follows it up to Enter or Tab.
 */
export class Wedge {
  private text = ''
  private last = Number.NEGATIVE_INFINITY
  private prefixed = false

  private readonly prefix: string

  constructor(prefix = '') {
    this.prefix = prefix
  }

  hear(key: Key): Heard {
    // Keys that make no character by themselves come between those that do.
    if (/^(?:Shift|Control|Alt|AltGraph|CapsLock|Meta)$/.test(key.key)) return { kind: 'more' }
    const inTime = key.timeStamp - this.last <= (this.prefixed ? longestGapWithPrefix : longestGap)
    if (!inTime) this.forget()
    if (key.key === 'Enter' || key.key === 'Tab') return this.end()
    const character = characterOf(key)
    if (character === null) {
      this.forget()
      return { kind: 'other' }
    }
    const first = this.last === Number.NEGATIVE_INFINITY
    this.last = key.timeStamp
    if (this.prefix !== '' && character === this.prefix && !this.prefixed) {
      this.text = ''
      this.prefixed = true
      return { kind: 'first' }
    }
    this.text += character
    return { kind: first ? 'first' : 'more' }
  }

  /** Drops what was heard so far. */
  forget(): void {
    this.text = ''
    this.last = Number.NEGATIVE_INFINITY
    this.prefixed = false
  }

  private end(): Heard {
    const { text, prefixed } = this
    this.forget()
    return text.length >= (prefixed ? 1 : leastCharacters) ? { kind: 'scan', code: text } : { kind: 'other' }
  }
}

/** Scanners send FNC1 as the character itself, as Ctrl+], or as F8. */
function characterOf({ key, ctrlKey, altKey, metaKey }: Key): string | null {
  if (key === separator || key === 'F8' || (ctrlKey === true && key === ']')) return separator
  if (Array.from(key).length !== 1 || metaKey === true) return null
  // AltGr sets both on some systems and makes a character; one of them alone is a shortcut.
  if ((ctrlKey === true) !== (altKey === true)) return null
  return key
}
