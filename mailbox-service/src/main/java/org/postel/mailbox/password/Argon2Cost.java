package org.postel.mailbox.password;

/**
 * What one Argon2id computation takes (RFC 9106 §3.1).
 *
 * @param memoryKib memory in KiB
 * @param passes    over the memory
 * @param lanes     degree of parallelism
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {

    private static final int MOST_MEMORY_KIB = 1 << 20;

    public Argon2Cost {
        if (lanes < 1 || lanes > 16 || passes < 1 || passes > 20 || memoryKib < 8 * lanes || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException("Argon2: 1 to 16 lanes, 1 to 20 passes, 8 KiB per lane to 1 GiB");
        }
    }
}
