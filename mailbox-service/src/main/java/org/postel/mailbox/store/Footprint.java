package org.postel.mailbox.store;

import org.roaringbitmap.RoaringBitmap;

/** The messages a command's decision looks at. */
sealed interface Footprint {

    /** None that is there: arrivals and what moves only the header. */
    record None() implements Footprint {}

    record Some(RoaringBitmap uids) implements Footprint {}

    record All() implements Footprint {}

    /** Whether one of two commands could see what the other does. */
    default boolean meets(Footprint other) {
        return switch (this) {
            case None none -> false;
            case All all -> !(other instanceof None);
            case Some some -> switch (other) {
                case None none -> false;
                case All all -> true;
                case Some others -> RoaringBitmap.intersects(some.uids, others.uids);
            };
        };
    }

    /** Both. */
    default Footprint and(Footprint other) {
        if (this instanceof Some(RoaringBitmap mine) && other instanceof Some(RoaringBitmap others)) {
            return new Some(RoaringBitmap.or(mine, others));
        }
        return this instanceof None || other instanceof All ? other : this;
    }
}
