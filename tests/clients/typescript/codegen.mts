// What @graphql-codegen makes, and of what.
import type { CodegenConfig } from "@graphql-codegen/cli";

export default {
  schema: "../../../api/schema.graphql",
  documents: "../lineage.graphql",
  generates: {
    "generated/client/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        scalars: { Date: "string", DateTime: "string", Edtf: "string", Url: "string" },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
} satisfies CodegenConfig;
