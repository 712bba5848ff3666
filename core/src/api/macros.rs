//! One table of commands, from which come the parser, the dispatcher, the types for
//! the face and the reference in `docs/commands.md`: none of them can drift from the
//! others.

/// Declares the commands: `name(Args) -> Result = function;` with its doc comment, after the handle that they
/// work on where it is not the open notebook.
macro_rules! commands {
    ($(#[doc = $doc:literal])* $first:ident($args:ty) $($rest:tt)+) => {
        crate::api::macros::commands! { on crate::api::Api; $(#[doc = $doc])* $first($args) $($rest)+ }
    };
    (on $handle:ty; $( $(#[doc = $doc:literal])* $name:ident($args:ty) -> $result:ty = $function:path; )+) => {
        /// Runs one command by name, on JSON arguments, to a JSON result.
        pub(crate) fn dispatch(api: &$handle, name: &str, args: serde_json::Value) -> crate::error::Result<serde_json::Value> {
            match name {
                $( stringify!($name) => {
                    let args: $args = serde_json::from_value(args).map_err(crate::api::bad_arguments)?;
                    let result: $result = $function(api, args)?;
                    serde_json::to_value(result).map_err(crate::api::not_json)
                } )+
                _ => Err(crate::error::Error::new("unknown_command", format!("there is no command {name:?}"))),
            }
        }

        /// What the types say of each command, in the order of declaration.
        pub fn reference() -> Vec<crate::api::reference::CommandReference> {
            vec![ $( crate::api::reference::CommandReference {
                name: stringify!($name),
                doc: concat!($($doc, "\n"),*),
                args: <$args as ts_rs::TS>::name(&crate::api::reference::config()),
                result: <$result as ts_rs::TS>::name(&crate::api::reference::config()),
            } ),+ ]
        }

        /// Every type that a command takes or returns, with all that they are made of.
        pub fn declarations() -> crate::api::reference::Declarations {
            let mut all = crate::api::reference::Declarations::default();
            $( all.add::<$args>(); all.add::<$result>(); )+
            all
        }
    };
}
pub(crate) use commands;
