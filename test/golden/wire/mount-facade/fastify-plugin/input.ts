import AutoLoad from '@fastify/autoload'
import { FastifyPluginAsync } from 'fastify'

const app: FastifyPluginAsync = async (fastify, opts): Promise<void> => {
  // Place here your custom code!

  void fastify.register(AutoLoad, {
    dir: 'routes',
    options: opts
  })
}

export default app
