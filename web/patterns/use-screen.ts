import { useMediaQuery } from '@mantine/hooks'

/** Narrower than 640 px: cards in place of rows, dialogs over the whole screen. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 39.99em)', undefined, { getInitialValueInEffect: false }) ?? false
}
