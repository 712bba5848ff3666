//! Bugs made on purpose, one for each promise, to show that the simulator finds them. They sit in the
//! simulator's own stores and on the way to them, never in the product.

use std::collections::BTreeSet;

use tungnha_protocol::ids::ChunkId;

use super::Promise;

macro_rules! breakages {
    ($($(#[$doc:meta])* $name:ident $breaks:ident $says:literal)+) => {
        /// A bug made on purpose.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Breakage { $($(#[$doc])* $name,)+ }

        impl Breakage {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The promise that it breaks.
            pub fn breaks(self) -> Promise {
                match self { $(Self::$name => Promise::$breaks,)+ }
            }

            /// What is wrong, in words.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)+ }
            }
        }
    };
}

breakages! {
    /// The relay acknowledges what it does not keep.
    AckBeforeCommit I1 "the relay acknowledges before it commits"
    /// The device moves its place past a chunk that it does not keep.
    PlaceWithoutChunk I2 "the place moves on without the chunk"
    /// The relay loses what it committed last when it crashes, and gives its number again.
    NumberReused I3 "a number is given again after a crash"
    /// The device that began from a checkpoint never fetches what is older.
    FillForgotten I2 "what a checkpoint stands for is never fetched"
    /// The device moves its place past a photo without noting that it is to be fetched.
    PhotoNotNoted I2 "the place passes a photo that is not noted"
    /// The device keeps a photo's chunk, and does not note which photo it is.
    PhotoMislaid Photos "a photo that came is not found again"
    /// The device brings photos before records.
    PhotosFirst Photos "a photo stands before a record"
    /// The device never seals anew what only a checkpoint has brought.
    NeverAdopted I2 "what only a checkpoint brought is never sealed anew"
    /// A byte of a foreign chunk changes on its way into the store.
    FlippedByte I4 "a stored byte flips"
    /// The relay gives a chunk that is pushed again a new number.
    RepeatRenumbered I5 "a repeated push gets a new number"
    /// The device loses what it wrote before that arrived anywhere, and nobody is told.
    OwnWriteDropped I6 "an own write is dropped before it arrived"
    /// The device keeps a document, but not the change that it came by.
    ChangeNotNoted I7 "a document is kept without its change"
    /// The device applies what is of a later kind.
    UnknownApplied I8 "a chunk of a later kind is applied"
    /// The device drops what is of a later kind.
    UnknownDropped I8 "a chunk of a later kind is dropped"
    /// The device never tries again what once had to wait: the order of arrival decides.
    NeverRetried I9 "what waited is never tried again"
    /// The device goes on believing in what the relay has lost.
    ArrivalBelieved Arrived "a lost acknowledgement is believed"
    /// The device does not notice that somebody else signs with its key.
    DoubleUnnoticed Double "a second device under one key goes unnoticed"
    /// The device leaves a checkpoint although it lacks something.
    LeftTooEarly Checkpoint "a device that lacks something leaves a checkpoint"
    /// The device leaves a chunk out of a file that nobody was handed before.
    LeftOutOfFile File "a file leaves out what is new"
    /// The device notes what it has handed over before the file is whole.
    HandedOverTooSoon File "half a file counts as handed over"
    /// The station lets in who has proved nothing.
    StrangerLetIn Stranger "whoever asks is let into the room"
    /// The device says that two are one under a key that nobody reads.
    PairTurned Merged "two are merged under their ids the wrong way round"
    /// The device forgets what has arrived.
    ArrivalForgotten Quiet "what has arrived is sent again for ever"
}

/// The bug of this run, and what it has done on one device.
#[derive(Default, Clone)]
pub struct Mischief {
    breakage: Option<Breakage>,
    count: u32,
    pub(super) dropped: BTreeSet<ChunkId>,
}

impl Mischief {
    /// This bug, if any, which has done nothing yet.
    pub fn new(breakage: Option<Breakage>) -> Self {
        Self { breakage, ..Self::default() }
    }

    /// Whether this bug is there.
    pub fn is(&self, breakage: Breakage) -> bool {
        self.breakage == Some(breakage)
    }

    /// Whether this bug shows now, one time in so many.
    pub(super) fn strikes(&mut self, breakage: Breakage, one_in: u32) -> bool {
        self.count += u32::from(self.is(breakage));
        self.is(breakage) && self.count.is_multiple_of(one_in)
    }
}
