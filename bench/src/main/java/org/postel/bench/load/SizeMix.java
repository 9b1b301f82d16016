package org.postel.bench.load;

/** The sizes of bodies: 50% of 2 KiB, 35% of 8 KiB, 15% of 50 KiB, spread evenly; about 11 KiB on average. */
public final class SizeMix {

    /** The largest body, in octets, with a margin for its last line. */
    public static final int LARGEST = 52 * 1024;

    private static final int KIBIBYTE = 1024;
    private static final int[] KIBIBYTES = {2, 8, 2, 50, 2, 8, 2, 8, 2, 50, 2, 8, 2, 8, 2, 50, 2, 8, 2, 8};

    private SizeMix() {
    }

    /** The size of the body of a message, in octets; shifted after each hundred, so that every account gets all sizes. */
    public static int of(int number) {
        return KIBIBYTES[(number + number / 100) % KIBIBYTES.length] * KIBIBYTE;
    }
}
