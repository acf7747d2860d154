import { express } from './own.js';

const app = express();
app.use(express.json());
