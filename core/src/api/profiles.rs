//! The people who share this machine: who is there, coming in with a PIN, and what to do when one is
//! forgotten. These commands are answered while the machine is locked; those that change anything look
//! who is signed in themselves.

mod types;

use std::collections::BTreeMap;
use std::sync::MutexGuard;

use types::{
    LockAfter, OwnPin, PinChange, PinReset, PinWasSet, ProfileAdd, ProfileRecover, ProfileRemove, ProfileUnlock,
    ProfileView, Profiles, RecoveryShown,
};

use super::gate::{Gate, Opened, State, locked};
use super::{Done, Nothing, id, macros, notebooks};
use crate::domain::{MemberId, Role};
use crate::error::{Error, Result};
use crate::profiles::book::{Book, Profile};
use crate::profiles::pin::Pin;
use crate::profiles::recovery::RecoveryCode;
use crate::profiles::{Key, fresh_key, waits};
use crate::projection::space;
use crate::store::spaces;

macros::commands! { on crate::api::Gate;
    /// Who uses this machine, and who is at it now. Answered while it is locked.
    profile_list(Nothing) -> Profiles = list;
    /// Comes in with a PIN. A PIN that a leader has set opens only together with a new one.
    profile_unlock(ProfileUnlock) -> Profiles = unlock;
    /// Comes in with a recovery code and chooses a new PIN.
    profile_recover(ProfileRecover) -> Profiles = recover;
    /// Locks the screen. Syncing goes on.
    profile_lock(Nothing) -> Profiles = lock_now;
    /// Somebody is at the screen: it does not lock by itself yet.
    profile_stay(Nothing) -> Done = stay;
    /// Gives the signed-in member a PIN, the first on this machine: from now on the notebook opens only with one.
    profile_pin_set(OwnPin) -> PinWasSet = set_pin;
    /// Lets another member use this machine, with a PIN that they type themselves.
    profile_add(ProfileAdd) -> Profiles = add;
    /// Takes another member off this machine, for leaders. What they wrote stays.
    profile_remove(ProfileRemove) -> Profiles = remove;
    /// Changes one's own PIN.
    profile_pin_change(PinChange) -> Profiles = change_pin;
    /// Takes one's own PIN off. With the last one, the notebook opens again without any.
    profile_pin_remove(OwnPin) -> Profiles = remove_pin;
    /// Gives somebody who has forgotten theirs a temporary PIN, for leaders. Needs no network.
    profile_pin_reset(PinReset) -> Profiles = reset_pin;
    /// Makes a new recovery code for oneself. It is shown this once; one before it opens nothing any more.
    profile_recovery_code(OwnPin) -> RecoveryShown = recovery_code;
    /// Sets after how many minutes without a touch the screen locks.
    profile_lock_after(LockAfter) -> Profiles = lock_after;
}

fn list(gate: &Gate, _: Nothing) -> Result<Profiles> {
    view(gate, &gate.state())
}

fn view(gate: &Gate, state: &State) -> Result<Profiles> {
    let Some(book) = &state.book else { return Ok(without_pins()) };
    let waiting = waiting_by(state)?;
    let people = book.people().iter().map(|profile| one(gate, state, profile, waiting.as_ref())).collect();
    Ok(Profiles {
        people,
        signed_in: state.signed_in.map(|member| member.to_string()),
        locked: state.signed_in.is_none(),
        open: state.open.is_some(),
        leads: leads(state),
        lock_after_min: book.lock_after_min(),
        team: book.team().to_owned(),
        in_keystore: book.in_keystore,
    })
}

fn without_pins() -> Profiles {
    Profiles {
        people: Vec::new(),
        signed_in: None,
        locked: false,
        open: true,
        leads: false,
        lock_after_min: None,
        team: String::new(),
        in_keystore: false,
    }
}

fn one(gate: &Gate, state: &State, profile: &Profile, waiting: Option<&BTreeMap<MemberId, u32>>) -> ProfileView {
    let of = |waiting: &BTreeMap<MemberId, u32>| waiting.get(&profile.member).copied().unwrap_or_default();
    ProfileView {
        id: profile.member.to_string(),
        name: profile.name.clone(),
        role: profile.role(),
        waiting: waiting.map(of),
        wait_s: wait_s(gate, state, profile),
        tries_left: waits::tries_left(profile.failed),
        has_recovery: profile.has_recovery(),
        temporary: profile.temporary,
        left: profile.left,
    }
}

/// Not while an import has the notebook: locking the screen waits for nothing.
fn waiting_by(state: &State) -> Result<Option<BTreeMap<MemberId, u32>>> {
    let notebook = state.open.as_ref().and_then(|opened| opened.api.notebook_if_free());
    notebook.map(|notebook| notebooks::waiting_by(notebook.db())).transpose()
}

/// What is left of a person's wait, in whole seconds upward.
fn wait_s(gate: &Gate, state: &State, profile: &Profile) -> u32 {
    let since = state.waits.get(&profile.member).copied().unwrap_or(state.started);
    let passed = gate.clock().steady_ms().saturating_sub(since);
    waits::after(profile.failed).saturating_sub(passed).div_ceil(1000) as u32
}

/// Whether whoever is signed in is a leader, as the notebook says now.
fn leads(state: &State) -> bool {
    let profile = || state.book.as_ref()?.profile(state.signed_in?).ok();
    profile().is_some_and(|profile| profile.role() == Role::Leader)
}

fn unlock(gate: &Gate, args: ProfileUnlock) -> Result<Profiles> {
    let member: MemberId = id("profile", &args.profile)?;
    let pin = Pin::parse("pin", args.pin)?;
    let new_pin = args.new_pin.map(|new| Pin::choose("new_pin", new)).transpose()?;
    let mut state = gate.state();
    let key = try_pin(gate, &mut state, member, &pin)?;
    let book = book(&mut state)?;
    if let Some(new_pin) = new_pin {
        book.set_pin(member, &new_pin, false, &key)?;
        book.save()?;
    } else if book.profile(member)?.temporary {
        return Err(Error::new("pin_temporary", "a leader has set this PIN: its owner chooses a new one now"));
    }
    gate.open_behind(&mut state, key)?;
    drop(state);
    sign_in(gate, member)
}

fn recover(gate: &Gate, args: ProfileRecover) -> Result<Profiles> {
    let member: MemberId = id("profile", &args.profile)?;
    let code = RecoveryCode::parse(args.code)?;
    let new_pin = Pin::choose("new_pin", args.new_pin)?;
    let mut state = gate.state();
    let book = book(&mut state)?;
    let key = book.recover(member, &code)?.ok_or_else(|| Error::invalid("recovery_code_wrong", "code"))?;
    book.set_pin(member, &new_pin, false, &key)?;
    book.save()?;
    gate.open_behind(&mut state, key)?;
    drop(state);
    sign_in(gate, member)
}

/// The database's key for a PIN, of which every attempt is counted on the disk before it is made.
fn try_pin(gate: &Gate, state: &mut State, member: MemberId, pin: &Pin) -> Result<Key> {
    let profile = book(state)?.profile(member)?.clone();
    let waits = wait_s(gate, state, &profile);
    if waits > 0 {
        return Err(wait("pin_wait", waits));
    }
    book(state)?.count_attempt(member)?;
    if let Some(key) = book(state)?.open(member, pin)? {
        book(state)?.forgive(member)?;
        return Ok(key);
    }
    state.waits.insert(member, gate.clock().steady_ms());
    let profile = book(state)?.profile(member)?.clone();
    match wait_s(gate, state, &profile) {
        0 => Err(Error::invalid("pin_wrong", "pin").with("left", waits::tries_left(profile.failed))),
        seconds => Err(wait("pin_wrong_wait", seconds)),
    }
}

fn wait(code: &'static str, seconds: u32) -> Error {
    Error::invalid(code, "pin").with("wait_s", seconds)
}

/// Puts somebody who has shown their PIN at the screen, in a notebook of theirs and here.
fn sign_in(gate: &Gate, member: MemberId) -> Result<Profiles> {
    let free = gate.until_free();
    let mut state = gate.state();
    let api = state.open.as_ref().ok_or_else(locked)?.api.clone();
    let mut notebook = api.notebook();
    let open = notebook.space()?.id;
    let left = notebooks::standing(&notebook, member)?.is_some_and(|known| known.left);
    if left && has_others(&state, member) {
        drop(notebook);
        refresh(&mut state)?;
        return Err(Error::new("profile_left", "they have left every team on this machine"));
    }
    // Who has been taken off every notebook still gets at what they wrote in the one that is open.
    let (space, me) = notebooks::seat(&notebook, member)?.unwrap_or((open, member));
    notebook.write_aside(|db| spaces::open_as(db, space, me))?;
    drop(notebook);
    state.signed_in = Some(member);
    gate.touch(&mut state);
    refresh(&mut state)?;
    let profiles = view(gate, &state)?;
    drop((state, free));
    gate.tell_status();
    Ok(profiles)
}

/// Whether somebody else uses this machine who has left no team. Nobody is shut out of a machine of their own.
fn has_others(state: &State, member: MemberId) -> bool {
    let people = state.book.as_ref().map_or(&[][..], Book::people);
    people.iter().any(|other| other.member != member && !other.left)
}

/// Keeps for the picker what the notebook says of the team and its people.
fn refresh(state: &mut State) -> Result<()> {
    let Some(opened) = &state.open else { return Ok(()) };
    let api = opened.api.clone();
    let notebook = api.notebook();
    let open = notebook.space()?;
    let team = space::name(notebook.db(), open.id)?;
    let people: Vec<MemberId> = book(state)?.people().iter().map(|profile| profile.member).collect();
    let mut known = BTreeMap::new();
    for person in people {
        known.extend(notebooks::standing(&notebook, person)?.map(|standing| (person, standing)));
    }
    drop(notebook);
    let book = book(state)?;
    if book.refresh(&team, |person| known.get(&person).cloned()) { book.save() } else { Ok(()) }
}

fn lock_now(gate: &Gate, _: Nothing) -> Result<Profiles> {
    let mut state = gate.state();
    state.signed_in = None;
    let profiles = view(gate, &state)?;
    drop(state);
    gate.tell_status();
    Ok(profiles)
}

fn stay(gate: &Gate, _: Nothing) -> Result<Done> {
    let mut state = gate.state();
    if state.signed_in.is_some() {
        gate.touch(&mut state);
    }
    Ok(Done {})
}

fn set_pin(gate: &Gate, args: OwnPin) -> Result<PinWasSet> {
    let pin = Pin::choose("pin", args.pin)?;
    let _free = gate.until_free();
    let mut state = gate.state();
    if state.book.is_some() {
        return Err(Error::new("pins_are_set", "people on this machine have PINs already"));
    }
    let opened = state.open.as_mut().ok_or_else(locked)?;
    let (member, name, role) = who_starts(opened)?;
    let key = fresh_key();
    let mut book = Book::new(gate.folder(), &gate.opening().places, gate.opening().cost)?;
    book.add(member, &name, role, &pin, &key)?;
    let code = book.new_recovery(member, &key)?;
    book.save()?;
    let changed = change_locks(gate, opened, &pin, member, &key);
    // However far that went: the database says which of the two files opens it, and the other one goes.
    gate.folder().settle()?;
    if !gate.folder().profiles().exists() {
        return Err(changed.err().unwrap_or_else(|| Error::new("internal", "the database kept its key")));
    }
    opened.key = key;
    (state.book, state.signed_in) = (Some(book), Some(member));
    gate.touch(&mut state);
    refresh(&mut state)?;
    let profiles = view(gate, &state)?;
    drop(state);
    gate.tell_status();
    Ok(PinWasSet { profiles, recovery_code: code.to_text() })
}

/// The signed-in member of a real notebook.
fn who_starts(opened: &Opened) -> Result<(MemberId, String, Role)> {
    let notebook = opened.api.notebook();
    let open = notebook.space()?;
    if open.practice {
        return Err(Error::new("practice_open", "the practice notebook is open; end it first"));
    }
    let members = space::members(notebook.db(), open.id, Some(open.me))?;
    let me = members.into_iter().find(|one| one.me).ok_or_else(|| Error::not_found("member"))?;
    Ok((spaces::person(notebook.db(), open.id, open.me)?, me.name, me.role))
}

/// Reads the file again as the next start will, and only then encrypts the database under what it gives.
fn change_locks(gate: &Gate, opened: &Opened, pin: &Pin, member: MemberId, key: &Key) -> Result<()> {
    let read = Book::load(gate.folder(), &gate.opening().places, gate.opening().cost)?;
    let found = read.map(|book| book.open(member, pin)).transpose()?.flatten();
    if found.as_ref() != Some(key) {
        return Err(Error::new("profiles_damaged", "the profiles that were written do not open"));
    }
    opened.api.notebook().rekey(key)
}

fn add(gate: &Gate, args: ProfileAdd) -> Result<Profiles> {
    let member: MemberId = id("member", &args.member)?;
    let pin = Pin::choose("pin", args.pin)?;
    change(gate, |state| {
        let opened = state.open.as_ref().ok_or_else(locked)?;
        let key = opened.key.clone();
        let notebook = opened.api.notebook();
        let open = notebook.space()?.id;
        let members = space::members(notebook.db(), open, None)?;
        let person = spaces::person(notebook.db(), open, member)?;
        drop(notebook);
        let found = members.into_iter().find(|one| one.id == args.member);
        let found = found.ok_or_else(|| Error::not_found("member"))?;
        // Else anybody could make themselves a leader's entry and reset the others' PINs.
        let has_leader = |book: &Book| book.people().iter().any(|one| one.role() == Role::Leader);
        if found.role == Role::Leader && !leads(state) && has_leader(book(state)?) {
            return Err(not_a_leader());
        }
        book(state)?.add(person, &found.name, found.role, &pin, &key)
    })
}

fn remove(gate: &Gate, args: ProfileRemove) -> Result<Profiles> {
    let member: MemberId = id("profile", &args.profile)?;
    change(gate, |state| {
        if !leads(state) {
            return Err(not_a_leader());
        }
        if state.signed_in == Some(member) {
            return Err(Error::new("profile_is_own", "one takes one's own PIN off with it"));
        }
        book(state)?.profile(member)?;
        book(state)?.drop_profile(member);
        Ok(())
    })
}

fn reset_pin(gate: &Gate, args: PinReset) -> Result<Profiles> {
    let member: MemberId = id("profile", &args.profile)?;
    let pin = Pin::choose("new_pin", args.new_pin)?;
    change(gate, |state| {
        if !leads(state) {
            return Err(not_a_leader());
        }
        let key = state.open.as_ref().ok_or_else(locked)?.key.clone();
        book(state)?.set_pin(member, &pin, true, &key)
    })
}

fn change_pin(gate: &Gate, args: PinChange) -> Result<Profiles> {
    let (pin, new_pin) = (Pin::parse("pin", args.pin)?, Pin::choose("new_pin", args.new_pin)?);
    change(gate, |state| {
        let me = state.signed_in.ok_or_else(locked)?;
        let key = try_pin(gate, state, me, &pin)?;
        book(state)?.set_pin(me, &new_pin, false, &key)
    })
}

fn recovery_code(gate: &Gate, args: OwnPin) -> Result<RecoveryShown> {
    let pin = Pin::parse("pin", args.pin)?;
    let mut shown = None;
    change(gate, |state| {
        let me = state.signed_in.ok_or_else(locked)?;
        let key = try_pin(gate, state, me, &pin)?;
        shown = Some(book(state)?.new_recovery(me, &key)?);
        Ok(())
    })?;
    let code = shown.ok_or_else(locked)?.to_text();
    Ok(RecoveryShown { code })
}

fn lock_after(gate: &Gate, args: LockAfter) -> Result<Profiles> {
    if args.minutes.is_some_and(|minutes| minutes == 0 || minutes > 24 * 60) {
        return Err(Error::invalid("bad_number", "minutes"));
    }
    change(gate, |state| {
        book(state)?.set_lock_after_min(args.minutes);
        Ok(())
    })
}

fn remove_pin(gate: &Gate, args: OwnPin) -> Result<Profiles> {
    let pin = Pin::parse("pin", args.pin)?;
    let mut state = signed_in_state(gate)?;
    let me = state.signed_in.ok_or_else(locked)?;
    let key = try_pin(gate, &mut state, me, &pin)?;
    if book(&mut state)?.people().len() > 1 {
        let book = book(&mut state)?;
        book.drop_profile(me);
        book.save()?;
    } else {
        gate.folder().write_key(&key)?;
        if let Some(book) = state.book.take() {
            book.remove(&gate.opening().places)?;
        }
    }
    state.signed_in = None;
    let profiles = view(gate, &state)?;
    drop(state);
    gate.tell_status();
    Ok(profiles)
}

/// One change by whoever is signed in, on the disk when it is done.
fn change(gate: &Gate, work: impl FnOnce(&mut State) -> Result<()>) -> Result<Profiles> {
    let mut state = signed_in_state(gate)?;
    refresh(&mut state)?;
    work(&mut state)?;
    book(&mut state)?.save()?;
    let profiles = view(gate, &state)?;
    drop(state);
    gate.tell_status();
    Ok(profiles)
}

fn signed_in_state(gate: &Gate) -> Result<MutexGuard<'_, State>> {
    let mut state = gate.state();
    book(&mut state)?;
    match state.signed_in {
        Some(_) => Ok(state),
        None => Err(locked()),
    }
}

fn book(state: &mut State) -> Result<&mut Book> {
    state.book.as_mut().ok_or_else(|| Error::new("no_pins", "nobody on this machine has a PIN"))
}

fn not_a_leader() -> Error {
    Error::new("not_a_leader", "only a leader of the team may do this")
}
