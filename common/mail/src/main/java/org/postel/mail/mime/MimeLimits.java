package org.postel.mail.mime;

/**
 * How far a message is taken apart. Over a limit nothing fails: a part stays an opaque leaf, a value is cut or left out.
 *
 * @param depth        levels of nested parts and messages
 * @param parts        parts of one message, those of the messages within included
 * @param sectionOctets  octets of one header section that are looked at; fields behind them are not seen
 * @param headerOctets octets of all header sections of one message that are looked at
 * @param parameters   parameters of one field
 * @param addresses    addresses of one field
 */
public record MimeLimits(int depth, int parts, int sectionOctets, int headerOctets, int parameters, int addresses) {

    /**
     * Far above honest mail; a message at all these limits still makes a structure of a few MiB at most. Protobuf, in which the
     * structure is kept, reads messages up to 100 levels deep: the depth stays well below.
     */
    public static final MimeLimits DEFAULT = new MimeLimits(50, 5_000, 512 * 1024, 2 * 1024 * 1024, 200, 5_000);

    public MimeLimits {
        if (depth < 1 || parts < 1 || sectionOctets < 0 || headerOctets < 0 || parameters < 0 || addresses < 0) {
            throw new IllegalArgumentException("a message has at least one part, and no limit is negative");
        }
    }
}
