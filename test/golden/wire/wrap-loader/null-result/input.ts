import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { User } from './entities/user.entity';

@Injectable()
export class UserRepository {
  private readonly logger = new Logger(UserRepository.name);

  constructor(
    @InjectRepository(User)
    private readonly users: Repository<User>,
  ) {}

  /** One user. */
  async findById(id: number): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  async create(input: CreateUserDto): Promise<User> {
    return this.users.save(this.users.create(input));
  }

  async update(id: number, input: UpdateUserDto): Promise<User> {
    const user = await this.users.findOneByOrFail({ id });
    Object.assign(user, input);
    return await this.users.save(user);
  }

  remove(id: number): Promise<void> {
    return this.users.delete(id).then(() => undefined);
  }
}
