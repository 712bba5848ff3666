//! The households of a notebook, held for searching.
//!
//! A commune of 20,000 people has a few thousand different words, most of them syllables of names. Each is kept once;
//! a query's word is compared with those, and the households, which hold only numbers of words, are then scanned. No
//! name is kept, so what is found is fetched from the database by its key.

use std::{cmp::Ordering, collections::HashMap, hash::Hash};

use super::{
    fold::{self, Fit, Word},
    query::{self, Query},
    rank::{self, Tier},
};
use crate::text::name;

/// What is searched of one household.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// The people, in any order; a hit names one by its place here.
    pub people: Vec<PersonEntry<'a>>,
    /// The household's own phones, in national form.
    pub phones: Vec<&'a str>,
    /// The hamlet's name, former names too.
    pub place: &'a str,
    /// How to find the door.
    pub door: &'a str,
    /// Its number or code in the list: "H0012" is also found as 12.
    pub number: &'a str,
}

/// What is searched of one person.
#[derive(Clone, Debug, Default)]
pub struct PersonEntry<'a> {
    /// The full name.
    pub name: &'a str,
    /// The phone, in national form; empty if there is none.
    pub phone: &'a str,
    /// Whether this is the head of the household.
    pub is_head: bool,
    /// The key of [`name::sort_key`], if it is at hand; it is made otherwise, which costs more than all the rest.
    pub sort_key: Option<&'a [u8]>,
}

/// One household that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    /// The household's key.
    pub key: K,
    /// Which of its people fits best, by place in [`Entry::people`]; none if only the household's own fields fit.
    pub person: Option<usize>,
    /// How it was found.
    pub tier: Tier,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<K> {
    /// The first ones, best first.
    pub hits: Vec<Hit<K>>,
    /// How many households were found in all.
    pub total: usize,
}

/// The households of a notebook.
#[derive(Debug)]
pub struct Index<K> {
    households: Vec<Household<K>>,
    at: HashMap<K, usize>,
    words: Words,
}

#[derive(Debug)]
struct Household<K> {
    key: K,
    /// First the words of place, door and number, then those of each person in turn.
    words: Box<[u32]>,
    own_words: u16,
    phones: Box<[Box<str>]>,
    people: Box<[Person]>,
}

#[derive(Debug)]
struct Person {
    /// Where this person's words end in the household's.
    end: u16,
    is_head: bool,
    phone: Box<str>,
    /// The beginning of the sort key, which decides nearly always without following a pointer.
    order: u64,
    sort_key: Box<[u8]>,
}

/// Every different word once. Words of households that are gone stay: there are few.
#[derive(Debug, Default)]
struct Words {
    folded: Vec<Word>,
    id: HashMap<Word, u32>,
    /// What a piece of text was divided into, so that it is folded once.
    known: HashMap<Box<str>, Box<[u32]>>,
}

impl Words {
    fn add(&mut self, text: &str, ids: &mut Vec<u32>) {
        for piece in text.split_whitespace() {
            if let Some(known) = self.known.get(piece) {
                ids.extend_from_slice(known);
                continue;
            }
            let new: Box<[u32]> = fold::words(piece).into_iter().map(|word| self.intern(word)).collect();
            ids.extend_from_slice(&new);
            self.known.insert(piece.into(), new);
        }
    }

    fn intern(&mut self, word: Word) -> u32 {
        *self.id.entry(word).or_insert_with_key(|word| {
            self.folded.push(word.clone());
            (self.folded.len() - 1) as u32
        })
    }
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self { households: Vec::new(), at: HashMap::new(), words: Words::default() }
    }
}

impl<K: Copy + Eq + Hash + Ord> Index<K> {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many households it holds.
    pub fn len(&self) -> usize {
        self.households.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.households.is_empty()
    }

    /// Adds a household, or replaces what is known of it.
    pub fn replace(&mut self, key: K, entry: &Entry<'_>) {
        let household = self.household(key, entry);
        match self.at.get(&key) {
            Some(&at) => self.households[at] = household,
            None => {
                self.at.insert(key, self.households.len());
                self.households.push(household);
            }
        }
    }

    /// Takes a household out; says whether it was there.
    pub fn remove(&mut self, key: K) -> bool {
        let Some(at) = self.at.remove(&key) else {
            return false;
        };
        self.households.swap_remove(at);
        if let Some(moved) = self.households.get(at) {
            self.at.insert(moved.key, at);
        }
        true
    }

    /// The households that hold every word of the query, the best `limit` of them in order. An empty query finds all,
    /// in the order of their heads.
    pub fn search(&self, query: &str, limit: usize) -> Found<K> {
        self.search_where(query, limit, |_| true)
    }

    /// Like [`Index::search`], among the households that `keep` lets through.
    pub fn search_where(&self, query: &str, limit: usize, keep: impl Fn(&K) -> bool) -> Found<K> {
        let query = query::parse(query);
        let fits = self.fits(&query);
        let mut found: Vec<Candidate<'_, K>> =
            self.households.iter().filter(|h| keep(&h.key)).filter_map(|h| h.best(&query, &fits)).collect();
        let total = found.len();
        if limit > 0 && limit < total {
            found.select_nth_unstable_by(limit - 1, Candidate::order);
        }
        found.truncate(limit);
        found.sort_unstable_by(Candidate::order);
        let hits = found.iter().map(|c| Hit { key: c.household.key, person: c.person, tier: c.tier }).collect();
        Found { hits, total }
    }

    /// For each word of the query, how it fits each word that is known.
    fn fits(&self, query: &Query) -> Vec<Vec<Fit>> {
        query.words.iter().map(|typed| self.words.folded.iter().map(|word| typed.fit(word)).collect()).collect()
    }

    fn household(&mut self, key: K, entry: &Entry<'_>) -> Household<K> {
        let mut words = Vec::with_capacity(8 + entry.people.len() * 4);
        self.words.add(entry.place, &mut words);
        self.words.add(entry.door, &mut words);
        self.words.add(entry.number, &mut words);
        self.words.add(plain_number(entry.number), &mut words);
        let own_words = short(words.len());
        let people = entry.people.iter().map(|person| {
            self.words.add(person.name, &mut words);
            let sort_key: Box<[u8]> = match person.sort_key {
                Some(key) => key.into(),
                None => name::sort_key(person.name).into(),
            };
            let order = beginning(&sort_key);
            Person { end: short(words.len()), is_head: person.is_head, phone: person.phone.into(), order, sort_key }
        });
        let people = people.collect();
        words.truncate(usize::from(u16::MAX));
        Household {
            key,
            words: words.into(),
            own_words,
            phones: entry.phones.iter().map(|&phone| phone.into()).collect(),
            people,
        }
    }
}

/// A household has a few dozen words; a hostile one may have more, which are not searched.
fn short(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

/// "H0012" → "12".
fn plain_number(number: &str) -> &str {
    let letters = number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let plain = number[letters..].trim_start_matches('0');
    if plain.len() == number.len() { "" } else { plain }
}

fn beginning(sort_key: &[u8]) -> u64 {
    let mut first = [0; 8];
    let len = sort_key.len().min(8);
    first[..len].copy_from_slice(&sort_key[..len]);
    u64::from_be_bytes(first)
}

struct Candidate<'a, K> {
    household: &'a Household<K>,
    person: Option<usize>,
    /// Whose name decides the order: the person found, else the head.
    sorted_by: Option<&'a Person>,
    tier: Tier,
}

impl<K: Ord> Candidate<'_, K> {
    fn order(&self, other: &Self) -> Ordering {
        self.tier
            .cmp(&other.tier)
            .then_with(|| by_person(self.sorted_by, other.sorted_by))
            .then_with(|| self.household.key.cmp(&other.household.key))
    }
}

/// Heads first, then the order of names; a household without people last.
fn by_person(a: Option<&Person>, b: Option<&Person>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            b.is_head.cmp(&a.is_head).then_with(|| a.order.cmp(&b.order)).then_with(|| a.sort_key.cmp(&b.sort_key))
        }
        _ => b.is_some().cmp(&a.is_some()),
    }
}

impl<K: Ord> Household<K> {
    fn best(&self, query: &Query, fits: &[Vec<Fit>]) -> Option<Candidate<'_, K>> {
        let head = self.people.iter().find(|p| p.is_head).or(self.people.first());
        if query.is_empty() {
            return Some(Candidate { household: self, person: None, sorted_by: head, tier: Tier::OtherField });
        }
        let own_words = &self.words[..usize::from(self.own_words)];
        let own = |q: usize| {
            holds_any(self.phones.iter(), &query.fragments[q])
                // One letter would find every household of "Bản …": it is looked for in names only.
                || (query.words[q].letters.len() > 1 || query.words[q].digits().is_some())
                    && own_words.iter().any(|&w| fits[q][w as usize] > Fit::No)
        };
        let own: u32 = (0..query.words.len()).filter(|&q| own(q)).fold(0, |bits, q| bits | 1 << q);

        let mut best: Option<(Tier, Option<usize>)> = None;
        let mut start = own_words.len();
        for (i, person) in self.people.iter().enumerate() {
            let words = &self.words[start.min(self.words.len())..usize::from(person.end).min(self.words.len())];
            start = usize::from(person.end);
            let elsewhere = |q: usize| own & (1 << q) != 0 || holds_any([&person.phone], &query.fragments[q]);
            let mut tier = rank::tier(query.words.len(), words.len(), |q, w| fits[q][words[w] as usize], elsewhere);
            let by_phone = holds_any([&person.phone], &query.phone);
            if by_phone && tier.is_none() {
                tier = Some(Tier::OtherField);
            }
            let Some(tier) = tier else { continue };
            // What the household's own fields hold says nothing about one of its people.
            let named = tier != Tier::OtherField || by_phone || self.person_alone(query, person);
            let better = best.is_none_or(|(best_tier, at)| {
                let current = at.map(|at| &self.people[at]);
                tier.cmp(&best_tier).then_with(|| by_person(named.then_some(person), current)).is_lt()
            });
            if better {
                best = Some((tier, named.then_some(i)));
            }
        }
        let all_own = own.count_ones() as usize == query.words.len() || holds_any(self.phones.iter(), &query.phone);
        let (tier, person) = best.or(all_own.then_some((Tier::OtherField, None)))?;
        let sorted_by = person.map(|at| &self.people[at]).or(head);
        Some(Candidate { household: self, person, sorted_by, tier })
    }

    /// Whether the person's own phone holds a word of the query.
    fn person_alone(&self, query: &Query, person: &Person) -> bool {
        query.fragments.iter().any(|fragments| holds_any([&person.phone], fragments))
    }
}

fn holds_any<'a>(phones: impl IntoIterator<Item = &'a Box<str>>, fragments: &[String]) -> bool {
    !fragments.is_empty() && phones.into_iter().any(|phone| fragments.iter().any(|f| phone.contains(f.as_str())))
}
