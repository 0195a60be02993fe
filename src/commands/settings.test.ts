import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

const password = 'correct horse battery'

describe('the environment', () => {
  it.each([
    [{ ZAPAS_URL: 'stock.example.com' }, /ZAPAS_URL is "stock\.example\.com".*https:/],
    [{ ZAPAS_URL: 'stock.example.com:3000' }, /ZAPAS_URL/],
    [{ ZAPAS_TRUST_PROXY: '10.0.0.5, proxy.local' }, /ZAPAS_TRUST_PROXY names "proxy\.local"/],
    [{ ZAPAS_TRUST_PROXY: '10.0.0.0/33' }, /ZAPAS_TRUST_PROXY/],
    [{ ZAPAS_OWNER_EMAIL: 'nomail', ZAPAS_OWNER_PASSWORD: password }, /ZAPAS_OWNER_EMAIL is "nomail"/],
    [{ ZAPAS_OWNER_EMAIL: 'anna@example.com' }, /go together/],
    [{ ZAPAS_SECRET: 'short' }, /ZAPAS_SECRET has 5 characters; it needs 32/],
    [{ PORT: 'abc' }, /PORT is "abc"/],
  ])('%o is refused, naming the variable', (env, message) => {
    expect(() => readSettings(env)).toThrow(message)
  })

  it('is taken as it is where it is right', () => {
    const env = {
      ZAPAS_URL: 'https://stock.example.com/zapas',
      ZAPAS_TRUST_PROXY: 'loopback, 10.0.0.5, 10.1.0.0/16, 10.2.0.0/255.255.0.0, fd00::/8',
      ZAPAS_OWNER_EMAIL: 'anna@example.com',
      ZAPAS_OWNER_PASSWORD: password,
    }
    expect(readSettings(env)).toMatchObject({
      url: env.ZAPAS_URL,
      trustProxy: env.ZAPAS_TRUST_PROXY,
      ownerEmail: env.ZAPAS_OWNER_EMAIL,
      ownerPassword: password,
    })
  })
})
