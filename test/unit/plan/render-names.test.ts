import { deepEqual, equal, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { camelCase, instanceNames } from '../../../src/plan/names.ts';

describe('instanceNames', () => {
  it('spells a name in each case, whichever case it came in', () => {
    const expected = {
      camel: 'orderEmail',
      pascal: 'OrderEmail',
      kebab: 'order-email',
      constant: 'ORDER_EMAIL',
    };
    for (const name of ['order-email', 'orderEmail', 'OrderEmail', 'order_email', 'ORDER_EMAIL']) {
      deepEqual(instanceNames(name), expected, name);
    }
  });

  it('keeps acronyms and digits together with their word', () => {
    equal(instanceNames('HTTPServer2').kebab, 'http-server2');
    equal(instanceNames('user2fa').kebab, 'user2-fa');
    equal(instanceNames('s3').pascal, 'S3');
  });

  it('gives a valid identifier and a stable identity for whatever it accepts', () => {
    const letter = fc.constantFrom(...'abzABZ059-_');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 30 }), (letters) => {
        const name = letters.join('');
        fc.pre(/^[a-z]/i.test(name));
        let names;
        try {
          names = instanceNames(name);
        } catch {
          return; // refused: reserved words are tested below
        }
        equal(/^[a-z][a-zA-Z0-9]*$/.test(names.camel), true, names.camel);
        equal(/^[A-Z][a-zA-Z0-9]*$/.test(names.pascal), true, names.pascal);
        deepEqual(instanceNames(names.kebab), names);
        new Function(`const ${names.camel} = 1, ${names.pascal} = 2;`);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is no identifier, saying why and what would do', () => {
    const refused: [string, RegExp, RegExp][] = [
      ['', /is empty/, /order-email/],
      ['order email', /contains a space/, /"order-email"/],
      ['../user', /does not begin with a letter/, /"user"/],
      ['user/cache', /contains "\/"/, /"user-cache"/],
      ['2nd', /does not begin with a letter/, /"nd"/],
      ["x'; DROP", /contains "'"/, /"x-DROP"/],
      ['größe', /contains "ö"/, /letters, digits/],
      ['class', /reserved word/, /./],
      ['Default', /reserved word/, /./],
      ['undefined', /reserved word/, /./],
      ['con', /Windows/, /./],
      ['a'.repeat(61), /longer than 60/, /./],
      ['--', /does not begin with a letter/, /./],
    ];
    for (const [name, why, hint] of refused) {
      throws(
        () => instanceNames(name),
        (error: { code: string; message: string; hint: string }) =>
          error.code === 'BAD_NAME' && why.test(error.message) && hint.test(error.hint),
        name,
      );
    }
  });

  it('refuses every word that cannot name a variable in a module', () => {
    const words =
      'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in ' +
      'instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield';
    for (const word of words.split(' '))
      throws(() => instanceNames(word), { code: 'BAD_NAME' }, word);
  });
});

describe('camelCase', () => {
  it('names a port as templates do', () => {
    equal(camelCase('cache-store'), 'cacheStore');
    equal(camelCase('message-queue-2'), 'messageQueue2');
    equal(camelCase('lease'), 'lease');
  });
});
