import { Trans, useLingui } from '@lingui/react/macro'
import { AppShell, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouter } from '@tanstack/react-router'
import { Suspense, lazy, useEffect, useState } from 'react'
import { seenRole } from '../../api/see-as.ts'
import { withTexts } from '../../i18n/index.ts'
import { useLoadedWhenCalm } from '../../page/index.ts'
import { useMe } from '../../session/index.ts'
import { useDesktop, usePhone } from '../../patterns/use-screen.ts'
import { BottomBar } from './bottom-bar.tsx'
import { companyColor } from './company-color.ts'
import { Header } from './header.tsx'
import { NavTree } from './nav-tree.tsx'
import { NavRail } from './nav-rail.tsx'
import { NetworkBar } from './network-bar.tsx'
import { PaletteGate } from './palette-gate.tsx'
import { ShellKeys } from './shell-keys.tsx'
import { useFocusAfterNavigation } from './use-focus-after-navigation.ts'
import classes from './frame.module.css'

const Gate = lazy(withTexts('account', () => import('../../pages/account/gate.tsx')))

const loadKeptLikes = () => import('./kept-likes.tsx')
const loadSeeAsBar = () => import('./see-as-bar.tsx')

/** Header, navigation and the place for the page; what the account lacks comes first. */
export function Frame() {
  const { mustChangePassword, secondFactorMissing } = useMe()
  if (!mustChangePassword && !secondFactorMissing) return <Open />
  return (
    <Suspense fallback={null}>
      <Gate />
    </Suspense>
  )
}

function Open() {
  const { t } = useLingui()
  const { company } = useMe()
  const router = useRouter()
  const desktop = useDesktop()
  const phone = usePhone()
  const [seen] = useState(seenRole)
  const likes = useLoadedWhenCalm(loadKeptLikes)
  const bar = useLoadedWhenCalm(loadSeeAsBar, seen !== null)
  const [drawer, { open, close }] = useDisclosure(false)
  const announced = useFocusAfterNavigation()
  useEffect(() => router.subscribe('onBeforeNavigate', close), [router, close])

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: { sm: 56, lg: 232 }, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: 56, sm: 0 } }}
      padding={{ base: 'sm', lg: 'md' }}
    >
      <a href="#content" className={classes.skip}>
        <Trans>Skip to content</Trans>
      </a>
      <AppShell.Header className={classes.header} style={{ borderTopColor: companyColor(company.slug) }}>
        <Header onMenu={open} />
      </AppShell.Header>
      {!phone && (
        <AppShell.Navbar aria-label={t`Navigation`} className={classes.navbar}>
          {desktop ? <NavTree /> : <NavRail />}
        </AppShell.Navbar>
      )}
      <Drawer
        opened={drawer}
        onClose={close}
        title={t`Menu`}
        size={300}
        closeButtonProps={{ 'aria-label': t`Close the menu` }}
      >
        <nav aria-label={t`Navigation`}>
          <NavTree />
        </nav>
      </Drawer>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <NetworkBar />
        {seen !== null && bar !== null && <bar.SeeAsBar role={seen} />}
        <Outlet />
      </AppShell.Main>
      {phone && (
        <AppShell.Footer withBorder>
          <BottomBar onMenu={open} />
        </AppShell.Footer>
      )}
      <div aria-live="polite" className="visually-hidden">
        {announced}
      </div>
      <PaletteGate />
      <ShellKeys />
      {likes && <likes.KeptLikes />}
    </AppShell>
  )
}
