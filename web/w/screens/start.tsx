import { Plural, Trans, useLingui } from '@lingui/react/macro'
import {
  IconArrowsExchange,
  IconBarcode,
  IconClipboardList,
  IconPackageImport,
  IconShoppingCart,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { api } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { go } from '../path.ts'
import { useScans } from '../scan/scanner.ts'
import { openCommands, refreshIfOld, stateNow, today, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { SignInAgain } from './gate.tsx'

/** Five tiles with what is to be done; a scan goes straight to it. */
export function Start() {
  const { t } = useLingui()
  const format = useFormat()
  const { copies, warehouse, online, signedOut, commands } = useWarehouseState()
  const [leaving, setLeaving] = useState(false)
  useEffect(refreshIfOld, [])
  useScans((scan) => {
    const read = stateNow().table?.read(scan.code, today())
    if (read?.kind === 'order') return go(`/${read.of === 'receipts' ? 'receive' : 'pick'}/${read.task.id}`)
    go(`/look-up?${new URLSearchParams({ code: scan.code }).toString()}`)
  })
  const waiting = openCommands(commands).waiting.length
  const signOut = async () => {
    if (waiting > 0 && !leaving) return setLeaving(true)
    await api.post('/api/auth/sign-out', {}, { anonymous: true, company: null })
    location.assign('/sign-in?next=/w')
  }
  const open = copies?.open
  return (
    <Screen title={warehouse === null ? t`What do you do now?` : t`${warehouse.name}: what do you do now?`}>
      {signedOut && <SignInAgain />}
      <ScanField label={t`Scan anything, or choose`} />
      <nav className={classes.tiles} aria-label={t`Work`}>
        <Tile path="/receive" icon={<IconPackageImport size={32} aria-hidden />} label={t`Receive`}>
          {open && <Plural value={open.receipts} one="# order" other="# orders" />}
        </Tile>
        <Tile path="/pick" icon={<IconShoppingCart size={32} aria-hidden />} label={t`Pick`}>
          {open && <Plural value={open.picks} one="# order" other="# orders" />}
        </Tile>
        <Tile path="/count" icon={<IconClipboardList size={32} aria-hidden />} label={t`Count`}>
          {copies && (
            <Plural
              value={copies.counts.length + (copies.sheets?.length ?? 0)}
              one="# begun"
              other="# begun"
            />
          )}
        </Tile>
        <Tile path="/transfer" icon={<IconArrowsExchange size={32} aria-hidden />} label={t`Transfer`}>
          {copies && <Plural value={copies.arriving.length} one="# arriving" other="# arriving" />}
        </Tile>
        <Tile path="/look-up" icon={<IconBarcode size={32} aria-hidden />} label={t`Look up`} />
      </nav>
      {!online && copies !== null && (
        <p className={classes.quiet}>
          <Trans>Numbers as of {format.moment(new Date(copies.at).toISOString())}</Trans>
        </p>
      )}
      {leaving && (
        <p className={classes.card} data-tone="warn" role="alert">
          <Plural
            value={waiting}
            one="# piece of work waits to be sent. It stays on this device and goes out when you sign in again."
            other="# pieces of work wait to be sent. They stay on this device and go out when you sign in again."
          />
        </p>
      )}
      <Button plain onClick={() => void signOut()}>
        {leaving ? <Trans>Sign out all the same</Trans> : <Trans>Sign out</Trans>}
      </Button>
    </Screen>
  )
}

interface TileProps {
  readonly path: string
  readonly icon: ReactNode
  readonly label: string
  readonly children?: ReactNode
}

function Tile({ path, icon, label, children }: TileProps) {
  return (
    <button type="button" className={classes.tile} onClick={() => go(path)}>
      {icon}
      <span>
        {label}
        {children !== undefined && (
          <>
            <br />
            <span className={classes.tileNumber}>{children}</span>
          </>
        )}
      </span>
    </button>
  )
}
