import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeBackup } from '../../src/backup/make-backup.ts'
import { version } from '../../src/commands/version.ts'
import { installationSecret } from '../../src/database/index.ts'
import { asSystem, createUser } from '../../src/identity/index.ts'
import { makeBusy } from '../support/busy-company.ts'
import { openTrade } from '../support/trade.ts'
import { readFigures } from './figures.ts'
import { folder, person } from './kept-releases.ts'

/** `npm run keep-release`: once, before a release. What is kept is never made again. */
it(`keeps a small company of Zapas ${version}`, async () => {
  const trade = await openTrade({ company: { slug: 'kept', name: `Kept of ${version}` } })
  try {
    await installationSecret(trade.db)
    await asSystem(trade.db, trade.company.id, 'keep-release', (tx, ctx) => createUser(tx, ctx, person))
    await makeBusy(trade)
    const made = await makeBackup(trade.ownerUrl, join(folder, `${version}.tar.zst`), version)
    expect(made.bytes).toBeLessThan(200_000)
    const figures = await readFigures(trade.api)
    for (const [path, rows] of Object.entries(figures)) expect(rows, path).not.toEqual([])
    const lines = Object.entries(figures).map(
      ([path, rows]) =>
        `${JSON.stringify(path)}: [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
    )
    writeFileSync(join(folder, `${version}.json`), `{\n${lines.join(',\n')}\n}\n`, { flag: 'wx' })
  } finally {
    await trade.close()
  }
})
