//! Searching as people do it at a door.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use tungnha_core::search::{Entry, Index, PersonEntry, rank::Tier};

fn person<'a>(name: &'a str, is_head: bool) -> PersonEntry<'a> {
    PersonEntry { name, is_head, ..PersonEntry::default() }
}

/// A hamlet: each line is a household, its head first.
fn hamlet() -> Index<u32> {
    let mut index = Index::new();
    let households: [&[&str]; 9] = [
        &["Giàng A Phóng", "Sùng Thị Mỷ"],
        &["Giàng A Páo", "Thào Thị Dợ"],
        &["Lò Văn Ún", "Giàng A Páo"],
        &["Bùi Thị Hoà"],
        &["Đoàn Minh Hòa"],
        &["Lê Văn Đạt"],
        &["Vì Văn Đát"],
        &["Hoa\u{300}ng Thi\u{323} Hoa"],
        &["Páo A Giàng"],
    ];
    for (key, people) in (1..).zip(households) {
        let people: Vec<_> = people.iter().enumerate().map(|(i, name)| person(name, i == 0)).collect();
        let phone = format!("09123456{key:02}");
        let door = format!("Tổ {key}, cạnh cầu treo");
        let number = format!("H00{key:02}");
        let entry = Entry { people, phones: vec![&phone], place: "Thôn Hang Trùng", door: &door, number: &number };
        index.replace(key, &entry);
    }
    index
}

fn keys(index: &Index<u32>, query: &str) -> Vec<u32> {
    index.search(query, 20).hits.iter().map(|hit| hit.key).collect()
}

#[test]
fn giang_a_pao_finds_both_giang_a_pao_the_head_first() {
    let index = hamlet();
    let found = index.search("giang a pao", 20);
    let hits: Vec<_> = found.hits.iter().map(|hit| (hit.key, hit.person)).collect();
    assert_eq!(hits, [(2, Some(0)), (3, Some(1)), (9, Some(0))], "Páo A Giàng has the same words in another order");
    assert_eq!(found.total, 3);
    assert_eq!(keys(&index, "giang a p"), [2, 1, 3, 9], "heads in the order of names, then the others");
    assert_eq!(keys(&index, "Giàng A Páo")[..2], [2, 3]);
    assert_eq!(index.search("Giàng A Páo", 1).hits[0].tier, Tier::FullNameExact);
    assert_eq!(index.search("giang a pao", 1).hits[0].tier, Tier::FullName);
}

#[test]
fn both_spellings_of_hoa_are_found_by_either() {
    let index = hamlet();
    for query in ["hoà", "hòa", "HOÀ", "hoa\u{300}"] {
        assert_eq!(keys(&index, query), [4, 5, 8], "{query}: whole words first, then Hoàng");
        assert_eq!(index.search(query, 20).hits[0].tier, Tier::WordsExact);
    }
    assert_eq!(keys(&index, "hoa"), [8, 4, 5], "Hoa is exactly what was typed");
    assert_eq!(keys(&index, "hoàng hoa"), [8], "a name that came decomposed");
}

#[test]
fn typed_marks_narrow() {
    let index = hamlet();
    assert_eq!(keys(&index, "dat"), [7, 6], "sắc stands before nặng");
    assert_eq!(keys(&index, "đat"), [7, 6]);
    assert_eq!(keys(&index, "đạt"), [6]);
    assert_eq!(keys(&index, "đát"), [7]);
    assert!(keys(&index, "đàt").is_empty());
}

#[test]
fn one_letter_finds_words_that_begin_so() {
    let index = hamlet();
    assert_eq!(keys(&index, "a"), [9, 2, 1, 3], "the one-letter word A, nothing else here begins with it");
    assert_eq!(keys(&index, "đ"), [7, 6, 5]);
    assert_eq!(keys(&index, "p a"), [9, 2, 1, 3]);
    assert!(keys(&index, "c").is_empty(), "one letter is not looked for in \"cạnh cầu treo\"");
}

#[test]
fn parts_of_a_phone_find_the_household() {
    let index = hamlet();
    assert_eq!(keys(&index, "345604"), [4]);
    assert_eq!(keys(&index, "0912 345 604"), [4]);
    assert_eq!(keys(&index, "+84 912 345 604"), [4]);
    assert_eq!(keys(&index, "84912345604"), [4]);
    assert_eq!(keys(&index, "hoa 604"), [4]);
    assert!(keys(&index, "999").is_empty());
}

#[test]
fn door_place_and_number_find_the_household() {
    let index = hamlet();
    assert_eq!(keys(&index, "to 4"), [4]);
    assert_eq!(keys(&index, "h0004"), [4]);
    assert_eq!(keys(&index, "hang trung pao").len(), 3, "a name and a place together");
    assert_eq!(index.search("hang trung", 2).total, 9);
    assert_eq!(index.search("hang trung", 2).hits.len(), 2);
    assert_eq!(index.search("hang trung", 1).hits[0].person, None, "no person was meant");
    assert!(keys(&index, "pao suoi lin").is_empty());
}

#[test]
fn a_person_is_found_by_their_own_phone() {
    let mut index = Index::new();
    let mut son = person("Lò Văn Ún", false);
    son.phone = "0386402555";
    index.replace(1, &Entry { people: vec![person("Lò Văn Pánh", true), son], ..Entry::default() });
    assert_eq!(index.search("6402", 5).hits[0].person, Some(1));
    assert_eq!(index.search("un 6402", 5).total, 1);
    assert_eq!(index.search("panh 6402", 5).total, 0, "the father has another phone");
}

#[test]
fn a_word_counts_once() {
    let index = hamlet();
    assert!(keys(&index, "pao pao").is_empty());
    assert_eq!(keys(&index, "hoang hoa"), [8]);
}

#[test]
fn changed_and_removed_households_are_followed() {
    let mut index = hamlet();
    index.replace(2, &Entry { people: vec![person("Mùa A Dê", true)], ..Entry::default() });
    assert_eq!(keys(&index, "giang a pao"), [3, 9]);
    assert_eq!(keys(&index, "mua"), [2]);
    assert!(index.remove(1));
    assert!(!index.remove(1));
    assert!(keys(&index, "phong").is_empty());
    assert_eq!(keys(&index, "páo a giàng")[0], 9, "the last one, which moved, is still there");
    assert_eq!(index.len(), 8);
    assert_eq!(index.search("", 3).total, 8, "nothing typed finds all");
    assert_eq!(index.search_where("", 9, |key| *key > 7).total, 2);
}

/// 5,040 households and 19,435 people; run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout)]
fn a_keystroke_in_a_whole_commune() {
    let surnames = ["Giàng", "Sùng", "Lò", "Cà", "Bùi", "Đinh", "Nguyễn", "Quàng", "Thào", "Hạng", "Lý", "Phạm"];
    let middles = ["A", "Thị", "Văn", "Minh", "Thị Thanh", "Đức", "Quang", "Ngọc"];
    let given = ["Páo", "Phóng", "Hoà", "Hòa", "Đạt", "Đát", "Mỷ", "Dợ", "Ún", "Thoa", "Long", "Thuỷ", "Sơn", "An"];
    let name = |n: usize| {
        let extra = ["b", "ch", "d", "g", "h", "kh", "l", "m"][n / 7 % 8];
        let odd = if n.is_multiple_of(5) {
            format!("{extra}{}", ["ư", "ô", "ai", "eo"][n / 56 % 4])
        } else {
            String::new()
        };
        format!("{} {} {odd}{}", surnames[n * 7 % 12], middles[n * 5 % 8], given[n * 11 % 14])
    };
    let mut index = Index::new();
    let (mut n, mut people_in_all) = (0, 0);
    let started = Instant::now();
    for key in 0..5040_u32 {
        let size = if key < 4315 { 4 } else { 3 };
        let names: Vec<String> = (0..size)
            .map(|_| {
                n += 1;
                name(n)
            })
            .collect();
        people_in_all += names.len();
        let people = names.iter().enumerate().map(|(i, name)| person(name, i == 0)).collect();
        let phone = format!("09{:08}", key as usize * 19_997 % 100_000_000);
        let (place, door) = (format!("Bản {:02}", key / 84), format!("Tổ {}, Ngõ {}", key % 40, key % 17));
        let number = format!("H{key:04}");
        index.replace(key, &Entry { people, phones: vec![&phone], place: &place, door: &door, number: &number });
    }
    println!("built {} households, {people_in_all} people in {:?}", index.len(), started.elapsed());
    let typed = [
        "giang a pao",
        "bui thi thanh hoà",
        "dat",
        "nguyen van son",
        "0912345678",
        "ban 12 lo",
        "to 7",
        "t",
        "a",
        "h",
        "ø",
    ];
    let mut times: Vec<(Duration, &str, usize)> = Vec::new();
    for _ in 0..20 {
        for query in typed {
            for end in query.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let started = Instant::now();
                let found = index.search(&query[..end], 50);
                times.push((started.elapsed(), &query[..end], found.total));
            }
        }
    }
    times.sort();
    let at = |share: f64| times[(times.len() as f64 * share) as usize];
    println!("p50 {:?}  p95 {:?}  p99 {:?}  worst {:?}", at(0.5), at(0.95), at(0.99), times[times.len() - 1]);
    assert!(at(0.95).0 < Duration::from_millis(15), "three times the budget of 5 ms");
}
