//! A carrier's day: three phones without signal, one tablet that serves a room, one phone that goes to
//! town, a relay, an office tablet; and back. What crossed each link is counted.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use serde_json::{Value, json};
use tungnha_tests::wire::Wire;
use tungnha_tests::{Chance, Device, Relay, list, notes};

const VISITS: usize = 20;

fn works(device: &Device, doors: &[String], chance: &mut Chance) -> Vec<String> {
    chance.some(doors, VISITS).iter().map(|door| device.meets_head_of(door, &notes::note(chance))).collect()
}

fn waiting(device: &Device) -> Value {
    device.ok("sync_status", json!({}))["waiting"].clone()
}

/// How many visits of the notebook a device shows as arrived.
fn arrived(device: &Device, visits: &[String]) -> usize {
    let is_arrived = |visit: &&Value| visit["sync"]["state"] == "arrived";
    device
        .households()
        .iter()
        .map(|row| device.ok("household_get", json!({"household": row["id"]})))
        .flat_map(|detail| detail["visits"].as_array().unwrap().clone())
        .filter(|visit| visits.iter().any(|id| visit["id"] == **id) && is_arrived(&visit))
        .count()
}

/// What crossed a link since it was looked at last, headers and encryption included.
fn told(link: &Wire, what: &str) -> (usize, usize) {
    let (up, down) = link.take_counts();
    println!("{what:<44} {up:>7} bytes there {down:>7} back");
    (up, down)
}

#[test]
fn what_three_phones_wrote_gets_to_the_office_with_one_that_goes_to_town_and_word_comes_back() {
    let mut chance = Chance::seeded(11);
    let relay = Relay::start();
    let town = Wire::to(relay.address());
    // The office's tablet, and the one that stands in the hamlet's house: whoever starts the team.
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass_for(&town.url())}));
    dợ.import(&list("01-mau-chuan.xlsx"));
    dợ.sync();
    let office = dợ.joined_by("Lò Thị Lan");
    let phones = ["Vì Văn Nam", "Giàng A Páo", "Sùng Thị Mai"].map(|name| dợ.joined_by(name));
    for device in [&dợ, &office, &phones[0], &phones[1], &phones[2]] {
        device.sync();
    }
    for device in [&dợ, &office, &phones[0], &phones[1], &phones[2]] {
        device.sync();
    }
    town.take_counts();
    let doors: Vec<String> = dợ.households().iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect();
    let visits: Vec<Vec<String>> = phones.iter().map(|phone| works(phone, &doors, &mut chance)).collect();

    println!("in the hamlet, no signal:");
    let station = dợ.serves_the_room();
    let room = Wire::to(station.parse().unwrap());
    let room_address = room.address().to_string();
    for phone in &phones {
        phone.visits(&room_address);
        told(&room, &format!("  {} in the room", phone.name()));
    }
    // Nam came first and goes to town: he has to come by once more for what the others brought.
    let [nam, páo, mai] = &phones;
    assert_eq!(nam.visits(&room_address)["received"], 2 * VISITS);
    told(&room, "  Nam takes along what came after him");
    let again = nam.visits(&room_address);
    assert_eq!((&again["sent"], &again["received"]), (&json!(0), &json!(0)));
    told(&room, "  and once more, for nothing");

    println!("in town:");
    let report = nam.sync();
    let (up, _) = told(&town, "  Nam at the relay");
    assert_eq!((report["sent"].as_u64().unwrap() as usize, &waiting(nam)), (3 * VISITS, &json!(0)));
    assert!(up < 16_000, "sixty visits and nothing else");
    assert_eq!(office.sync()["received"], 3 * VISITS);
    told(&town, "  the office");
    let reply = office.meets_head_of(&doors[0], "Xã đã nhận đủ");
    office.sync();
    nam.sync();
    told(&town, "  the office's answer, and Nam takes it along");

    println!("back in the hamlet:");
    for phone in &phones {
        phone.visits(&room_address);
        told(&room, &format!("  {} in the room", phone.name()));
    }
    for phone in [páo, mai] {
        phone.visits(&room_address);
        let detail = phone.ok("household_get", json!({"household": doors[0]}));
        assert!(detail["visits"].as_array().unwrap().iter().any(|visit| visit["id"] == *reply), "word came back");
    }
    room.take_counts();
    assert_eq!(arrived(páo, &visits[1]), 0, "nobody has told Páo's phone by now");

    println!("another evening, with signal:");
    let páo_sent = páo.sync();
    let (up, down) = told(&town, "  Páo at the relay, whose visits are there");
    assert_eq!((páo_sent["received"].as_u64().unwrap(), arrived(páo, &visits[1])), (0, VISITS));
    assert!(up + down < 4_000, "what Nam brought is named, not sent again: {up} + {down}");
    dợ.ok("station_close", json!({}));
    for device in [&dợ, mai, nam, &office] {
        device.sync();
        assert_eq!(waiting(device), 0, "{}", device.name());
    }
    told(&town, "  everybody else");
    let notebook = office.export();
    for device in [&dợ, nam, páo, mai] {
        let theirs = device.export();
        for part in ["totals", "conflicts", "activities", "households"] {
            assert_eq!(theirs[part], notebook[part], "{part} of {}", device.name());
        }
        device.verify_clean();
    }
}
