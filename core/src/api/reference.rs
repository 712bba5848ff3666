//! The commands described from their types: `docs/commands.md` and the TypeScript types
//! of the face are written from here, and a test compares them.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

/// How one command is called.
pub struct CommandReference {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Its arguments' type.
    pub args: String,
    /// Its result's type.
    pub result: String,
}

/// Numbers of 64 bits come as JSON numbers; none here exceeds what a double holds.
pub(super) fn config() -> Config {
    Config::new().with_large_int("number")
}

/// The declarations of types and of all that they are made of.
#[derive(Default)]
pub struct Declarations {
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl Declarations {
    /// Adds a type and all that it is made of.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types with a file of their own have a declaration.
        if T::output_path().is_some() {
            let docs = T::docs().map(|docs| format!("{}\n", docs.trim_end())).unwrap_or_default();
            self.by_name.insert(T::ident(&config()), format!("{docs}export {}", T::decl(&config())));
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}

/// The commands on the open notebook, and those on the machine that may be locked.
fn commands() -> impl Iterator<Item = CommandReference> {
    super::reference().into_iter().chain(super::profiles::reference())
}

fn declarations() -> Declarations {
    let mut all = super::declarations();
    let of_profiles = super::profiles::declarations();
    all.seen.extend(of_profiles.seen);
    all.by_name.extend(of_profiles.by_name);
    all
}

const NOTE: &str = "written from core/src/api by `cargo test -p tungnha-core --test generated`; do not edit";

/// The TypeScript module of the face.
pub fn typescript() -> String {
    let mut all = declarations();
    all.add::<super::Event>();
    all.add::<crate::error::Error>();
    let mut out = format!("// {NOTE}\n\n");
    for declaration in all.by_name.values() {
        let _ = writeln!(out, "{declaration}\n");
    }
    out.push_str("/** Every command with what it takes and what it returns. */\nexport interface Commands {\n");
    for command in commands() {
        let _ = writeln!(out, "  /** {} */", command.doc.trim().replace("\n ", " "));
        let _ = writeln!(out, "  {}: {{ args: {}; result: {} }};", command.name, command.args, command.result);
    }
    out.push_str("}\n");
    out
}

/// The reference for people and scripts.
pub fn markdown() -> String {
    let mut out = format!("<!-- {NOTE} -->\n\n# Commands\n\n");
    out.push_str(
        "The window, the browser and the command line run these same commands. On the command line, `tungnha exec`\n\
         reads one JSON object a line and answers with one a line:\n\n\
         ```\n\
         {\"command\": \"household_list\", \"args\": {\"search\": \"giang a pao\"}}\n\
         {\"ok\": {\"rows\": [], \"total\": 0, \"counts\": {}}}\n\
         {\"error\": {\"code\": \"not_found\", \"message\": \"there is no such household\"}}\n\
         ```\n\n\
         A request may say in `\"by\"` which member's screen it comes from; it is refused with `locked` when another\n\
         has signed in meanwhile. On a locked machine every command but the `profile_` ones is refused.\n\n\
         Dates are `2026-11-18`, moments are milliseconds since 1970, ids are 22 characters.\n\n",
    );
    for command in commands() {
        let _ = writeln!(
            out,
            "## {}\n\n{}\n\n`{}` → `{}`\n",
            command.name,
            command.doc.trim().replace("\n ", " "),
            command.args,
            command.result
        );
    }
    out.push_str("# Types\n\n```ts\n");
    for declaration in declarations().by_name.values() {
        let _ = writeln!(out, "{declaration}\n");
    }
    out.push_str("```\n");
    out
}
