import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  /** Goes to what is wrong. */
  readonly onClick: () => void
  readonly children: ReactNode
}

/** What is wrong, as the way to where it is put right; in the colour of the text, for it stands on a red ground. */
export function FaultLink({ onClick, children }: Props) {
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      c="var(--mantine-color-text)"
      underline="always"
      ta="left"
      mih={24}
      style={{ verticalAlign: 'top' }}
      onClick={onClick}
    >
      {children}
    </Anchor>
  )
}
