//! Who is listening, and what they have not been told yet.
//!
//! A listener that does not read costs nothing that grows: what waits for it is a set of spaces, and a
//! space that changed three times is told once. So nobody has to be dropped for being slow. The hub is
//! this process's own; with several processes on one storage, each calls [`Hub::woken`] for what the
//! others have committed, and [`Hub::grown_here`] says what they have to be told.

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;
use tungnha_protocol::{DeviceId, SpaceId};

/// The most devices that listen at one time. A listener is a connection and about a kilobyte.
const MOST: usize = 10_000;

/// The listening devices of one process. Clones share it.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<Listeners>>);

#[derive(Default)]
struct Listeners {
    by_device: HashMap<DeviceId, Arc<Listener>>,
    by_space: HashMap<SpaceId, HashMap<DeviceId, Arc<Listener>>>,
    /// Hears of what is committed in this process, for the others.
    abroad: Option<Arc<Listener>>,
    closed: bool,
}

struct Listener {
    spaces: Vec<SpaceId>,
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    changed: BTreeSet<SpaceId>,
    ended: bool,
}

/// One device's ear. It is off the hub when this is dropped.
pub(crate) struct Listening {
    hub: Hub,
    device: DeviceId,
    listener: Arc<Listener>,
}

impl Hub {
    /// Tells who listens that a space's log has grown, except the device that brought it.
    pub fn woken(&self, space: &SpaceId, brought_by: Option<&DeviceId>) {
        let listeners = lock(&self.0);
        for (device, listener) in listeners.by_space.get(space).into_iter().flatten() {
            if Some(device) != brought_by {
                listener.tell(|state| _ = state.changed.insert(*space));
            }
        }
    }

    /// The same for a log that has grown by what this process has committed: other processes on the same
    /// storage are to hear of it too.
    pub(crate) fn grown(&self, space: &SpaceId, brought_by: &DeviceId) {
        self.woken(space, Some(brought_by));
        if let Some(abroad) = &lock(&self.0).abroad {
            abroad.tell(|state| _ = state.changed.insert(*space));
        }
    }

    /// Tells everybody of all their spaces, because something may have been missed.
    pub fn woken_all(&self) {
        for listener in lock(&self.0).by_device.values() {
            listener.tell(|state| state.changed.extend(&listener.spaces));
        }
    }

    /// What this process commits from now on.
    pub fn grown_here(&self) -> GrownHere {
        let abroad = Arc::new(Listener { spaces: Vec::new(), state: Mutex::default(), news: Notify::new() });
        lock(&self.0).abroad = Some(Arc::clone(&abroad));
        GrownHere(abroad)
    }

    /// Ends every stream, and lets nobody listen any more: the relay is about to stop.
    pub fn close(&self) {
        let mut listeners = lock(&self.0);
        listeners.closed = true;
        for listener in listeners.by_device.values() {
            listener.tell(|state| state.ended = true);
        }
    }

    /// Lets a device listen to the spaces that it is a member of; an older stream of the same device
    /// ends. None when too many listen already, or the relay is about to stop.
    pub(crate) fn listen(&self, device: DeviceId, spaces: Vec<SpaceId>) -> Option<Listening> {
        let mut listeners = lock(&self.0);
        let full = listeners.by_device.len() >= MOST && !listeners.by_device.contains_key(&device);
        if full || listeners.closed {
            return None;
        }
        if let Some(older) = listeners.remove(&device) {
            older.tell(|state| state.ended = true);
        }
        let listener = Arc::new(Listener { spaces, state: Mutex::default(), news: Notify::new() });
        for space in &listener.spaces {
            listeners.by_space.entry(*space).or_default().insert(device, Arc::clone(&listener));
        }
        listeners.by_device.insert(device, Arc::clone(&listener));
        Some(Listening { hub: self.clone(), device, listener })
    }
}

impl Listeners {
    fn remove(&mut self, device: &DeviceId) -> Option<Arc<Listener>> {
        let listener = self.by_device.remove(device)?;
        for space in &listener.spaces {
            if let Entry::Occupied(mut there) = self.by_space.entry(*space) {
                there.get_mut().remove(device);
                if there.get().is_empty() {
                    there.remove();
                }
            }
        }
        Some(listener)
    }
}

impl Listener {
    fn tell(&self, note: impl FnOnce(&mut State)) {
        note(&mut lock(&self.state));
        // Kept for the listener when it is not waiting just now.
        self.news.notify_one();
    }
}

impl Listening {
    /// The next space that has changed; none when the stream has ended.
    pub(crate) async fn next(&self) -> Option<SpaceId> {
        loop {
            {
                let mut state = lock(&self.listener.state);
                if state.ended {
                    return None;
                }
                if let Some(space) = state.changed.pop_first() {
                    return Some(space);
                }
            }
            self.listener.news.notified().await;
        }
    }
}

/// The spaces whose logs have grown by this process, for whoever tells the others.
pub struct GrownHere(Arc<Listener>);

impl GrownHere {
    /// Waits until there is something to tell.
    pub async fn wait(&self) {
        while lock(&self.0.state).changed.is_empty() {
            self.0.news.notified().await;
        }
    }

    /// What there is to tell, which is then none of this any more.
    pub fn take(&self) -> BTreeSet<SpaceId> {
        std::mem::take(&mut lock(&self.0.state).changed)
    }

    /// Takes back what could not be told.
    pub fn put_back(&self, untold: BTreeSet<SpaceId>) {
        self.0.tell(|state| state.changed.extend(untold));
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = lock(&self.hub.0);
        // A newer stream of the same device stays.
        if listeners.by_device.get(&self.device).is_some_and(|current| Arc::ptr_eq(current, &self.listener)) {
            listeners.remove(&self.device);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOA: DeviceId = DeviceId([1; 32]);
    const LAN: DeviceId = DeviceId([2; 32]);
    const VAN_HO: SpaceId = SpaceId([1; 16]);
    const MOC_CHAU: SpaceId = SpaceId([2; 16]);

    /// What is told without waiting.
    async fn told(listening: &Listening) -> Vec<SpaceId> {
        let mut told = Vec::new();
        while let Ok(Some(space)) = tokio::time::timeout(std::time::Duration::ZERO, listening.next()).await {
            told.push(space);
        }
        told
    }

    #[tokio::test]
    async fn members_hear_of_their_spaces_once_and_not_of_what_they_brought() {
        let hub = Hub::default();
        let hoa = hub.listen(HOA, vec![VAN_HO, MOC_CHAU]).unwrap();
        let lan = hub.listen(LAN, vec![VAN_HO]).unwrap();
        for _ in 0..3 {
            hub.woken(&VAN_HO, Some(&HOA));
        }
        hub.woken(&MOC_CHAU, None);
        assert_eq!(told(&hoa).await, [MOC_CHAU]);
        assert_eq!(told(&lan).await, [VAN_HO], "three changes are one piece of news");
        assert_eq!(told(&lan).await, []);
    }

    #[tokio::test]
    async fn other_processes_hear_of_what_was_committed_here_and_of_nothing_else() {
        let hub = Hub::default();
        let here = hub.grown_here();
        let hoa = hub.listen(HOA, vec![VAN_HO, MOC_CHAU]).unwrap();
        hub.woken(&MOC_CHAU, None);
        assert_eq!(here.take(), BTreeSet::new(), "what came from elsewhere is not sent back");
        for _ in 0..3 {
            hub.grown(&VAN_HO, &LAN);
        }
        here.wait().await;
        let untold = here.take();
        assert_eq!(untold, BTreeSet::from([VAN_HO]));
        here.put_back(untold);
        here.wait().await;
        assert_eq!(here.take(), BTreeSet::from([VAN_HO]), "what could not be told is told later");
        assert_eq!(told(&hoa).await, [VAN_HO, MOC_CHAU]);
        hub.woken_all();
        assert_eq!(told(&hoa).await, [VAN_HO, MOC_CHAU], "something may have been missed");
    }

    #[tokio::test]
    async fn a_newer_stream_ends_the_older_and_outlives_it() {
        let hub = Hub::default();
        let older = hub.listen(HOA, vec![VAN_HO]).unwrap();
        let newer = hub.listen(HOA, vec![VAN_HO]).unwrap();
        assert_eq!(older.next().await, None);
        drop(older);
        hub.woken(&VAN_HO, None);
        assert_eq!(newer.next().await, Some(VAN_HO));
        drop(newer);
        let listeners = lock(&hub.0);
        assert!(listeners.by_device.is_empty() && listeners.by_space.is_empty(), "nothing is left behind");
    }

    #[tokio::test]
    async fn only_so_many_listen_and_a_relay_that_stops_lets_go_of_all() {
        let hub = Hub::default();
        let numbered = |n: usize| {
            let mut id = [0; 32];
            id[..8].copy_from_slice(&n.to_be_bytes());
            DeviceId(id)
        };
        let all: Vec<_> = (0..MOST).map(|n| hub.listen(numbered(n), vec![VAN_HO]).unwrap()).collect();
        assert!(hub.listen(numbered(MOST), vec![VAN_HO]).is_none());
        let again = hub.listen(numbered(0), vec![VAN_HO]);
        assert!(again.is_some(), "who listens already may connect anew");
        hub.close();
        assert_eq!(all[1].next().await, None);
        drop(all);
        assert!(hub.listen(HOA, vec![]).is_none());
    }
}
