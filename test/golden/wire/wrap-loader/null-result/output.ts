import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { User } from './entities/user.entity';
import { createUserCache } from './patterns/user-cache';

@Injectable()
export class UserRepository {
  private readonly logger = new Logger(UserRepository.name);
  private readonly byIdCache = createUserCache(
    async (id) => (await this.loadByIdUncached(id)) ?? undefined,
  );

  constructor(
    @InjectRepository(User)
    private readonly users: Repository<User>,
  ) {}

  /** One user. */
  async findById(id: number): Promise<User | null> {
    return (await this.byIdCache.get(id)) ?? null;
  }

  private async loadByIdUncached(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  async create(input: CreateUserDto): Promise<User> {
    const user = await this.users.save(this.users.create(input));
    await this.byIdCache.invalidate(user.id);
    return user;
  }

  async update(id: number, input: UpdateUserDto): Promise<User> {
    const user = await this.users.findOneByOrFail({ id });
    Object.assign(user, input);
    const result = await this.users.save(user);
    await this.byIdCache.invalidate(id);
    return result;
  }

  async remove(id: number): Promise<void> {
    await this.users.delete(id).then(() => undefined);
    await this.byIdCache.invalidate(id);
  }
}
