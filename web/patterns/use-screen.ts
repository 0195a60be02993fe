import { useMediaQuery } from '@mantine/hooks'

/** Narrower than 640 px: cards in place of rows, dialogs over the whole screen. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 39.99em)', undefined, { getInitialValueInEffect: false }) ?? false
}

/** Narrower than 768 px: too narrow for a table of eight columns. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false
}

/** From 1,200 px: the whole navigation beside the page. */
export function useDesktop(): boolean {
  return useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false }) ?? true
}
