//! The seeds are part of the program: when one of them changes or is added, the program is built anew.

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script talks to Cargo"
)]
fn main() {
    println!("cargo::rerun-if-changed=../seeds");
}
