//! Hands the committed schema to cynic.

fn main() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../api/schema.graphql");
    println!("cargo::rerun-if-changed={schema}");
    cynic_codegen::register_schema("schismograph")
        .from_sdl_file(schema)
        .unwrap()
        .as_default()
        .unwrap();
}
