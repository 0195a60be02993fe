import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { IconAlertTriangle, IconCloudOff, IconLogin, IconRefresh, IconWifi } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { go } from '../path.ts'
import { openCommands, useWarehouseState } from '../state.ts'
import classes from './w.module.css'

/** Always says how things stand with the server; tapped, it shows what waits. */
export function Strip({ left }: { readonly left?: ReactNode }) {
  const { t } = useLingui()
  const { commands, signedOut, online, sending } = useWarehouseState()
  const { waiting, refused } = openCommands(commands)
  const tone = refused.length > 0 || signedOut ? 'danger' : online ? 'done' : 'warn'
  return (
    <header className={classes.strip} data-tone={tone} aria-label={t`Connection`}>
      {left}
      <span className={classes.state} role="status" data-strip>
        {signedOut ? (
          <>
            <IconLogin size={22} aria-hidden />
            <Trans>Signed out</Trans>
          </>
        ) : !online ? (
          <>
            <IconCloudOff size={22} aria-hidden />
            {waiting.length === 0 ? (
              <Trans>Offline</Trans>
            ) : (
              <Plural value={waiting.length} one="Offline, # waiting" other="Offline, # waiting" />
            )}
          </>
        ) : sending ? (
          <>
            <IconRefresh size={22} aria-hidden />
            <Trans>Sending</Trans>
          </>
        ) : (
          <>
            <IconWifi size={22} aria-hidden />
            <Trans>Online</Trans>
          </>
        )}
      </span>
      {refused.length > 0 ? (
        <button type="button" className={classes.button} onClick={() => go('/waiting')}>
          <IconAlertTriangle size={22} aria-hidden />
          <Plural value={refused.length} one="# needs a decision" other="# need a decision" />
        </button>
      ) : (
        <button type="button" className={classes.button} data-plain onClick={() => go('/waiting')}>
          <Trans>Sent work</Trans>
        </button>
      )}
    </header>
  )
}
