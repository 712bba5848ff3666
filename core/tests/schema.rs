//! The whole schema in one picture: whoever changes a table sees it here.

use tungnha_core::store::migrations;

#[test]
fn the_schema_is_as_it_was_agreed() {
    let mut db = rusqlite::Connection::open_in_memory().expect("opens");
    migrations::run(&mut db).expect("migrates");
    let mut query =
        db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name").expect("prepares");
    let all: Vec<String> =
        query.query_map([], |row| row.get(0)).expect("asks").collect::<Result<_, _>>().expect("reads");
    insta::assert_snapshot!(all.join(";\n\n"));
    let loose: i64 = db
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
             AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .expect("asks");
    assert_eq!(loose, 0, "every table is STRICT");
}
