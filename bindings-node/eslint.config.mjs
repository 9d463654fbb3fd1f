import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'target/', 'bench/node_modules/'] },
  {
    files: ['lib/src/**/*.ts', 'test/**/*.{mts,cts}', 'examples/story/node/*.mjs'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // A store's answers and bad input are checked at run time: the types are only what well-behaved hosts keep.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  // The story prints numbers.
  {
    files: ['examples/story/node/*.mjs'],
    rules: { '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] },
  },
  // The door for CommonJS is opened as CommonJS does.
  { files: ['test/**/*.cts'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
