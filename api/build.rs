//! The seeds are part of the program: when one of them changes or is added, the program is built anew.

fn main() {
    println!("cargo::rerun-if-changed=../seeds");
}
