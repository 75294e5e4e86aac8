package org.leaklab.heapdump;

/** Which monitors a method can have entered, as its class file says. */
enum Enters {
    /** None: it is not {@code synchronized} and has no {@code monitorenter} in it. */
    NONE,
    /** Those of blocks. Whoever is in a block needs its monitor to leave it, so compiled code keeps it. */
    OF_BLOCKS,
    /** The object that it was called on, which compiled code drops, and those of blocks. */
    OF_RECEIVER,
    /** That of its class, which no frame shows, and those of blocks. */
    OF_CLASS
}
