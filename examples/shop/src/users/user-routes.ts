import { Router } from 'express';
import type { UserRepository } from './user-repository.js';

export function userRoutes(users: UserRepository): Router {
  const router = Router();

  router.get('/:id', async (request, response) => {
    const user = await users.findById(request.params.id);
    if (user) response.json(user);
    else response.status(404).json({ error: 'no such user' });
  });

  router.put('/:id', async (request, response) => {
    const { name, email } = request.body as { name: string; email: string };
    await users.save({ id: request.params.id, name, email });
    response.status(204).end();
  });

  return router;
}
