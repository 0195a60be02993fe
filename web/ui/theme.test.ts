import { DEFAULT_THEME } from '@mantine/core'
import { describe, expect, it } from 'vitest'
import { overrides, theme } from './theme.ts'

type Scheme = 'light' | 'dark'
const { colors } = DEFAULT_THEME

/** What Mantine itself sets per scheme, for the variables that our own refer to or stand on. */
const mantine: Record<Scheme, Record<string, string>> = {
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#000000',
    '--mantine-color-default': '#ffffff',
  },
  dark: {
    '--mantine-color-body': colors.dark[7]!,
    '--mantine-color-text': colors.dark[0]!,
    '--mantine-color-default': colors.dark[6]!,
  },
}

function colorOf(scheme: Scheme, name: string): string {
  const value = (overrides[scheme] as Record<string, string>)[name] ?? mantine[scheme][name]
  if (value === undefined) throw new Error(`${name} is not known`)
  const palette = /^var\(--mantine-color-([a-z]+)-(\d)\)$/.exec(value)
  if (palette !== null) return colors[palette[1]!]![Number(palette[2])]!
  const other = /^var\((--[\w-]+)\)$/.exec(value)
  return other === null ? value : colorOf(scheme, other[1]!)
}

/** Relative luminance of WCAG 2.2. */
function luminance(color: string): number {
  const hex = color.length === 4 ? color.replace(/[0-9a-f]/gi, '$&$&') : color
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter! + 0.05) / (darker! + 0.05)
}

const grounds = ['--mantine-color-body', '--zapas-surface', '--mantine-color-default']
const tones = ['neutral', 'info', 'warn', 'done', 'danger']

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const of = (name: string): string => colorOf(scheme, name)
  const texts = ['text', 'dimmed', 'placeholder', 'error', 'anchor'].map((name) => `--mantine-color-${name}`)
  const pairs = texts.flatMap((text) => grounds.map((ground) => [text, ground] as const))

  it.each(pairs)('%s on %s reads (4.5:1)', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(tones)('a badge of tone %s reads', (tone) => {
    expect(contrast(of('--mantine-color-text'), of(`--zapas-tint-${tone}`))).toBeGreaterThanOrEqual(7)
    expect(contrast(of(`--zapas-icon-${tone}`), of(`--zapas-tint-${tone}`))).toBeGreaterThanOrEqual(3)
  })

  it.each(grounds)('the edge of a field shows on %s (3:1)', (ground) => {
    expect(contrast(of('--zapas-input-border'), of(ground))).toBeGreaterThanOrEqual(3)
    expect(contrast(of('--mantine-color-anchor'), of(ground))).toBeGreaterThanOrEqual(3)
  })

  it('white on the primary colour reads', () => {
    const shade = (theme.primaryShade as Record<Scheme, number>)[scheme]
    expect(contrast('#ffffff', colors['blue']![shade]!)).toBeGreaterThanOrEqual(4.5)
  })
})

it('computes contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#228be6', '#ffffff')).toBeCloseTo(3.55, 1)
})
