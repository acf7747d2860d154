import { createUserCache } from './patterns/user-cache'
import { prisma } from './prisma'
import type { User } from '@prisma/client'

const userCache = createUserCache(
  async (id) => (await loadUser(id)) ?? undefined,
)

export const getUser = (id: string): Promise<User | null> =>
  userCache.get(id).then((user) => user ?? null)

const loadUser = (id: string): Promise<User | null> =>
  prisma.user.findUnique({ where: { id } })

export const updateUser = async (id: string, data: Partial<User>): Promise<User> => {
  const result = await prisma.user.update({ where: { id }, data })
  await userCache.invalidate(id)
  return result
}
