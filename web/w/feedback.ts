import { settings } from '../ui/scan/device-settings.ts'

/** What a scan came to. `done`: counted; `new`: first of its line; `error`: refused, somebody must decide. */
export type Tone = 'done' | 'new' | 'error'

export interface Flash {
  readonly tone: Tone
  /** What is read out. */
  readonly text: string
  readonly count: number
}

let audio: AudioContext | null = null
let flash: Flash = { tone: 'done', text: '', count: 0 }
const watchers = new Set<() => void>()

/** Browsers make no sound before a tap; Start is that tap. */
export function unlockSound(): void {
  try {
    audio ??= new AudioContext()
    void audio.resume()
  } catch {
    audio = null
  }
}

/** Tells in all channels at once: colour and icon, sound, vibration, and for screen readers. */
export function tell(tone: Tone, text: string): void {
  if (settings().sound) play(tone)
  if (settings().vibration) navigator.vibrate?.(tone === 'error' ? 200 : 60)
  flash = { tone, text, count: flash.count + 1 }
  performance.mark('zapas-told', { detail: { tone } })
  for (const told of watchers) told()
}

export function lastFlash(): Flash {
  return flash
}

export function watchFlash(told: () => void): () => void {
  watchers.add(told)
  return () => watchers.delete(told)
}

/** Success is short and high, a new line two of them, an error low and long. */
function play(tone: Tone): void {
  if (audio === null) return
  const now = audio.currentTime
  if (tone === 'error') return beep(audio, 180, now, 0.5, 'square')
  beep(audio, 1400, now, 0.08, 'sine')
  if (tone === 'new') beep(audio, 1800, now + 0.12, 0.08, 'sine')
}

function beep(
  context: AudioContext,
  frequency: number,
  at: number,
  length: number,
  type: OscillatorType,
): void {
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.type = type
  oscillator.frequency.value = frequency
  gain.gain.setValueAtTime(0.3, at)
  // Without the fade the end clicks.
  gain.gain.exponentialRampToValueAtTime(0.001, at + length)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(at)
  oscillator.stop(at + length)
}
