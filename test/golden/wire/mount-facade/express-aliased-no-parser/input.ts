import makeApp, { Router, type Request, type Response } from "express"
import { legacy } from "./legacy.js"

const router = Router()
router.get("/", (_req: Request, res: Response) => res.send("ok"))

const api = makeApp()
api.set("trust proxy", 1)
if (process.env.NODE_ENV !== "test") {
  api.use((req, _res, next) => {
    console.log(req.url)
    next()
  })
}
api.use(legacy)
api.use(router)
api.listen(3000)
