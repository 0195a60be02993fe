import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Running, Workshop, root } from '../platform/processes.ts'

const workshop = new Workshop()
afterAll(() => workshop.clear())

const environment = {
  ZAPAS_DATA: workshop.folder(),
  ZAPAS_OWNER_EMAIL: 'owner@example.com',
  ZAPAS_OWNER_PASSWORD: 'correct-horse-battery-1',
  ZAPAS_LOG_LEVEL: 'info',
  ZAPAS_URL: '',
  DATABASE_URL: '',
  HOST: '127.0.0.1',
  PORT: '0',
}

function zapas(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  return workshop.run(process.execPath, [join(root, 'bin/zapas.mjs'), ...args], {
    env: { ...environment, ...env },
  })
}

it('the demo is made at the first start, found by the command, and refused when it must be fresh', async () => {
  const server = zapas(['serve'], { ZAPAS_DEMO: '1' })
  await server.says(/the demo company Crimson was made/, 240)
  await server.says(/Zapas \S+ is at http/)
  const found = zapas(['demo', '--json'])
  expect(await found.ended).toBe(0)
  expect(JSON.parse(found.output)).toMatchObject({ slug: 'crimson', demo: true, made: false })
  const refused = zapas(['demo', '--fresh'])
  expect(await refused.ended).toBe(1)
  expect(refused.output).toContain('DELETE /api/v1/companies/crimson')
  const owners = zapas(['user', 'list', '--company', 'crimson', '--json'])
  expect(await owners.ended).toBe(0)
  expect(JSON.parse(owners.output)).toMatchObject([{ email: 'owner@example.com', role: 'owner' }])
  const code = await server.stop()
  expect({ code, said: server.output.slice(-2000) }).toMatchObject({ code: 0 })
}, 150_000)
