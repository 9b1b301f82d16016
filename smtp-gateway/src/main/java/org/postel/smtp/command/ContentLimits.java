package org.postel.smtp.command;

/**
 * How much content is taken, in octets.
 *
 * @param inline  most that travels with the message and is held in memory
 * @param header  most of the header
 * @param message most in all, as the client sends it
 */
public record ContentLimits(int inline, int header, long message) {

    public ContentLimits {
        if (inline < 1024 || header < 1024 || message < header) {
            throw new IllegalArgumentException("inline and header limits are at least 1024 octets, the message limit at least the header's");
        }
    }
}
