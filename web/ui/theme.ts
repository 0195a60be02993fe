import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core'

/**
 * The page below a dialog does not scroll by wheel and finger, but keeps its scroll bar: to take it away Mantine sets a
 * variable on the body, and every element of the page gets its style anew, which on a long document took longer than
 * all else that opening a dialog does.
 */
const overThePage = { defaultProps: { removeScrollProps: { removeScrollBar: false } } }

/** The first item of a menu takes the focus; an element that only takes it may not stand in a menu. */
const firstItem = { defaultProps: { withInitialFocusPlaceholder: false } }

/**
 * Mantine's defaults fail WCAG 2.2 AA in the places named here; theme.test.ts computes every pair. Colours
 * that components need come as CSS variables, never as numbers of a palette.
 */
export const theme = createTheme({
  primaryColor: 'blue',
  // White on the usual shade 6 is 3.6:1.
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  // Phone below 640 px, desktop from 1200 px.
  breakpoints: { xs: '30em', sm: '40em', md: '62em', lg: '75em', xl: '88em' },
  components: { Modal: overThePage, Drawer: overThePage, SpotlightRoot: overThePage, Menu: firstItem },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    // Text on a tint takes the body's colour: shade 9 on shade 1 is 2.7:1 on yellow.
    if (input.variant === 'light') return { ...colors, color: 'var(--mantine-color-text)' }
    return colors
  },
})

/** The variables that differ from Mantine's, per scheme. */
export const overrides = {
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-8)',
    '--zapas-input-border': 'var(--mantine-color-gray-6)',
    '--zapas-line': 'var(--mantine-color-gray-3)',
    '--zapas-surface': 'var(--mantine-color-gray-0)',
    '--zapas-tint-neutral': 'var(--mantine-color-gray-1)',
    '--zapas-tint-info': 'var(--mantine-color-blue-1)',
    '--zapas-tint-warn': 'var(--mantine-color-yellow-1)',
    '--zapas-tint-done': 'var(--mantine-color-green-1)',
    '--zapas-tint-danger': 'var(--mantine-color-red-1)',
    '--zapas-icon-neutral': 'var(--mantine-color-gray-7)',
    '--zapas-icon-info': 'var(--mantine-color-blue-8)',
    '--zapas-icon-warn': '#8a5a00',
    '--zapas-icon-done': '#1f7a35',
    '--zapas-icon-danger': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-3)',
    '--zapas-input-border': 'var(--mantine-color-dark-2)',
    '--zapas-line': 'var(--mantine-color-dark-4)',
    '--zapas-surface': 'var(--mantine-color-dark-8)',
    '--zapas-tint-neutral': 'var(--mantine-color-dark-6)',
    '--zapas-tint-info': '#14304d',
    '--zapas-tint-warn': '#3d3010',
    '--zapas-tint-done': '#16351e',
    '--zapas-tint-danger': '#471f1f',
    '--zapas-icon-neutral': 'var(--mantine-color-dark-1)',
    '--zapas-icon-info': 'var(--mantine-color-blue-3)',
    '--zapas-icon-warn': 'var(--mantine-color-yellow-4)',
    '--zapas-icon-done': 'var(--mantine-color-green-4)',
    '--zapas-icon-danger': 'var(--mantine-color-red-4)',
  },
} as const

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...overrides.light },
  dark: { ...overrides.dark },
})
