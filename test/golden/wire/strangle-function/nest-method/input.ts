import { Injectable } from '@nestjs/common';
import { Db } from './db';
import { Invoice } from './invoice';

@Injectable()
export class InvoiceService {
  constructor(private readonly db: Db) {}

  async load(tenantId: string, id: string): Promise<Invoice> {
    const found = await this.db.find(`${tenantId}/${id}`);
    if (!found) throw new Error('none');
    return found;
  }
}
