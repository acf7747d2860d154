import { Client } from 'pg';
import type { User } from '@/model/user';

export class UserStore {
    private cache = new Map<string, User>();
    private client: Client;

    public constructor(client: Client) {
        this.client = client;
    }

    public async get(id: string, signal?: AbortSignal): Promise<User | undefined> {
        const result = await this.client.query('select 1', [id]);
        signal?.throwIfAborted();
        return result.rows[0];
    }

    public async put(user: User): Promise<User> {
        try {
            return await this.client.query('upsert', [user.id]);
        } catch (error) {
            throw new Error('cannot store', { cause: error });
        }
    }

    public async delete(id: string): Promise<boolean> {
        if (id === '') return false;
        if (await this.isLocked(id)) return false;
        const result = await this.client.query('delete', [id]);
        return result.rowCount === 1;
    }

    private async isLocked(id: string): Promise<boolean> {
        return false;
    }
}
