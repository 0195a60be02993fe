import { useMediaQuery } from '@mantine/hooks'

/** Too narrow for a table of eight columns. */
export function usePhone(): boolean {
  return useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false
}
