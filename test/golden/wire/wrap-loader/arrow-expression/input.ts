import { prisma } from './prisma'
import type { User } from '@prisma/client'

export const getUser = (id: string): Promise<User | null> =>
  prisma.user.findUnique({ where: { id } })

export const updateUser = async (id: string, data: Partial<User>): Promise<User> => {
  return prisma.user.update({ where: { id }, data })
}
