import './contributions.ts';
import './scaffold.ts';
import './language.ts';
import './page.ts';
import './own-templates.ts';
import './lifecycle.ts';
import './lifetime.ts';
