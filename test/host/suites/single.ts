import './contributions.ts';
import './scaffold.ts';
import './language.ts';
import './page.ts';
import './lifetime.ts';
