import AutoLoad from '@fastify/autoload'
import { FastifyPluginAsync } from 'fastify'
import { invoicesPlugin } from './patterns/invoices.js'

const app: FastifyPluginAsync = async (fastify, opts): Promise<void> => {
  // Place here your custom code!

  fastify.register(invoicesPlugin)
  void fastify.register(AutoLoad, {
    dir: 'routes',
    options: opts
  })
}

export default app
