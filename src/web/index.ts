export { type Built, ensureBuilt } from './build.ts'
export { webApp } from './serve.ts'
export { dist as webFolder } from './sources.ts'
