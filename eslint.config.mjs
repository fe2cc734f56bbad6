// Style of the scripts in assets/ and of their tests; types are asked of tsc (jsconfig.json).
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/node_modules/", ".venv/", "var/"] },
  js.configs.recommended,
  {
    files: ["assets/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: globals.browser },
    rules: {
      complexity: ["error", 12],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      strict: ["error", "function"],
    },
  },
  {
    files: ["assets/plain/*.js"], // for browsers of any age
    languageOptions: { ecmaVersion: 5 },
    rules: {
      complexity: "off",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-var": "off",
      "prefer-const": "off",
    },
  },
  {
    files: ["tests/js/**/*.mjs"],
    languageOptions: { sourceType: "module", globals: globals.node },
  },
];
